package dev.parley.operations.mbean;

import dev.parley.operations.diagnostics.Diagnosis;
import dev.parley.operations.diagnostics.DiagnosticsDesk;
import dev.parley.operations.diagnostics.Report;
import dev.parley.operations.diagnostics.step.Step;
import dev.parley.operations.mbean.contract.DiagnosticsMXBean;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The diagnoses of the desk, in lines. */
record ConsoleDiagnostics(DiagnosticsDesk desk) implements DiagnosticsMXBean {
    @Override
    public String[] run(String diagnosis) {
        return Console.call(() -> lines(desk.run(Diagnosis.of(diagnosis), Map.of(), step -> {})));
    }

    @Override
    public boolean cancel() {
        return desk.cancel();
    }

    @Override
    public String[] getLast() {
        return desk.last().map(ConsoleDiagnostics::lines).orElseGet(() -> new String[0]);
    }

    private static String[] lines(Report report) {
        String end =
                report.diagnosis() + ": " + report.verdict().toUpperCase(Locale.ROOT) + ", " + report.millis() + " ms";
        return Stream.concat(report.steps().stream().map(Step::line), Stream.of(end))
                .toArray(String[]::new);
    }
}
