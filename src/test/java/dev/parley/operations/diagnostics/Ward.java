package dev.parley.operations.diagnostics;

import dev.parley.gemini.access.UpstreamAccess;
import dev.parley.gemini.live.UpstreamCounters;
import dev.parley.gemini.models.ModelProbe;
import dev.parley.gemini.rest.http.RestTransport;
import dev.parley.gemini.settings.ApiKeys;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.gemini.tyrus.TyrusLiveUpstream;
import dev.parley.limits.LimitSettings;
import dev.parley.limits.NodeAdmission;
import dev.parley.media.AudioDecoders;
import dev.parley.operations.OperationsSettings;
import dev.parley.operations.board.Board;
import dev.parley.operations.diagnostics.check.Means;
import dev.parley.operations.diagnostics.step.Step;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.testkit.RealThreads;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;

/** A server's diagnostics, with everything real but Gemini. */
final class Ward implements AutoCloseable {
    /** A hundred times as fast as a person: nine seconds of voice in a moment. */
    private static final int SPEED = 100;

    final RealThreads threads = new RealThreads();
    final Board board = new Board(Clock.systemUTC());
    final NodeAdmission admission;
    final DiagnosticsDesk desk;
    private final TyrusLiveUpstream upstream;
    private final List<Step> heard = new ArrayList<>();

    Ward(String... settings) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        SettingsReader reader = new SettingsReader(name -> Optional.ofNullable(values.get(name)));
        ApiKeys keys = new ApiKeys(reader);
        LiveAddress address = new LiveAddress(reader, keys);
        List<ApiKey> pool = keys.keys().isEmpty() ? List.of(ApiKey.SIMULATOR) : keys.keys();
        admission = new NodeAdmission(pool, LimitSettings.read(reader), Clock.systemUTC(), threads);
        UpstreamAccess access = new UpstreamAccess(reader, threads.executor(), Clock.systemUTC(), threads);
        upstream = new TyrusLiveUpstream(
                reader, address, access, threads.executor(), threads, threads.factory(), new UpstreamCounters());
        RestTransport transport =
                new RestTransport(reader, address, access, threads.factory(), Clock.systemUTC(), threads);
        desk = new DiagnosticsDesk(
                new Means(
                        admission,
                        upstream,
                        new LiveDefaults(reader),
                        new ModelProbe(reader, transport),
                        address,
                        new AudioDecoders(),
                        board,
                        Clock.systemUTC(),
                        threads.executor(),
                        (SSLSocketFactory) SSLSocketFactory.getDefault(),
                        Duration.ofMillis(1500),
                        SPEED),
                new OwnAddress(new OperationsSettings(reader)));
    }

    /** With a key, and that server in Gemini's place. */
    static Ward talkingTo(URI gemini, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "parley.gemini.keys",
                "first=AIzaFirst",
                "parley.gemini.endpoint",
                gemini.toString(),
                "parley.gemini.setup-timeout",
                "2s"));
        settings.addAll(List.of(more));
        return new Ward(settings.toArray(String[]::new));
    }

    Report run(Diagnosis diagnosis) {
        return run(diagnosis, step -> {});
    }

    Report run(Diagnosis diagnosis, Consumer<Step> listener) {
        heard.clear();
        Report report = desk.run(diagnosis, Map.of(), step -> {
            heard.add(step);
            listener.accept(step);
        });
        if (!heard.equals(report.steps())) {
            throw new AssertionError("told " + heard + ", reported " + report.steps());
        }
        return report;
    }

    /** The steps as {@code name verdict}. */
    static List<String> verdicts(Report report) {
        return report.steps().stream()
                .map(step -> step.name() + " " + step.verdict())
                .toList();
    }

    static Step last(Report report) {
        return report.steps().get(report.steps().size() - 1);
    }

    @Override
    public void close() {
        upstream.shutDown();
        threads.close();
    }
}
