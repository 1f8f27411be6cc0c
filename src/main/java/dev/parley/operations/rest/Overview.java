package dev.parley.operations.rest;

import dev.parley.operations.board.ConversationView;
import dev.parley.operations.board.FailureView;
import dev.parley.operations.desk.DrainView;
import dev.parley.operations.desk.KeyView;
import dev.parley.operations.desk.LimitsView;
import dev.parley.operations.diagnostics.Report;
import java.util.List;

/**
 * Everything at once, of about one moment.
 *
 * @param simulated whether the simulator answers, because there is no key
 * @param drain whether the node is being emptied
 * @param conversations those that have or had a slot, or have not asked for one yet; the oldest first
 * @param waiting those in the waiting room
 * @param failures the latest first
 * @param keys by name
 * @param limits that hold now
 * @param diagnoses the one under way, or the last; none before the first
 */
public record Overview(
        boolean simulated,
        DrainView drain,
        List<ConversationView> conversations,
        List<ConversationView> waiting,
        List<FailureView> failures,
        List<KeyView> keys,
        LimitsView limits,
        List<Report> diagnoses) {}
