package dev.parley.operations.mbean;

import dev.parley.operations.board.Board;
import dev.parley.operations.desk.ConversationDesk;
import dev.parley.operations.mbean.contract.ConversationsMBean;
import javax.management.openmbean.CompositeData;

/** The conversations of the board. */
record ConsoleConversations(Board board, ConversationDesk desk) implements ConversationsMBean {
    @Override
    public int getCount() {
        return board.conversations().size();
    }

    @Override
    public int getWaitingCount() {
        return board.waiting().size();
    }

    @Override
    public CompositeData[] getConversations() {
        return OpenTypes.rows(board.conversations());
    }

    @Override
    public CompositeData[] getWaiting() {
        return OpenTypes.rows(board.waiting());
    }

    @Override
    public CompositeData[] getFailures() {
        return OpenTypes.rows(board.failures());
    }

    @Override
    public boolean end(String id, String reason) {
        return Console.call(() -> desk.end(id, reason == null ? "" : reason, Console.OPERATOR));
    }
}
