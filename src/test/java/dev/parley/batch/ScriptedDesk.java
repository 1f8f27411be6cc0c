package dev.parley.batch;

import dev.parley.gemini.access.UpstreamAccess;
import dev.parley.gemini.models.ModelCatalogue;
import dev.parley.gemini.rest.GeminiRest;
import dev.parley.gemini.rest.http.RestTransport;
import dev.parley.gemini.settings.ApiKeys;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.it.stage.Eventually;
import dev.parley.limits.LimitSettings;
import dev.parley.limits.NodeAdmission;
import dev.parley.media.recording.PreparedRecording;
import dev.parley.media.recording.PreparedRecording.Treatment;
import dev.parley.media.recording.RecordingPreparer;
import dev.parley.shared.execution.BlockingWork;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.testkit.RealThreads;
import dev.parley.testkit.ScriptedGoogle;
import dev.parley.testkit.ScriptedRestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The desk with everything real behind it but Google and the preparing of recordings. */
final class ScriptedDesk implements AutoCloseable {
    static final String KEY = "AIzaDeskTestKey0123456789";

    final ScriptedRestServer google = ScriptedRestServer.start().script(new ScriptedGoogle());
    final RealThreads threads = new RealThreads();
    private final Path folder;
    final NodeAdmission admission;
    final ModelCatalogue catalogue;
    final BatchDesk desk;
    volatile RecordingPreparer preparer = (source, declaredType, folder, cancellation) ->
            new PreparedRecording(source, "audio/wav", "WAV", Treatment.PASSED_ON, null, null);

    ScriptedDesk(Path folder, Map<String, String> settings) {
        this.folder = folder;
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("parley.gemini.key", KEY);
        all.put("parley.gemini.endpoint", google.address().toString());
        all.put("parley.batch.folder", folder.toString());
        SettingsReader reader = new SettingsReader(name -> Optional.ofNullable(all.get(name)));
        Clock clock = Clock.systemUTC();
        ApiKeys keys = new ApiKeys(reader);
        LiveAddress address = new LiveAddress(reader, keys);
        RestTransport transport = new RestTransport(
                reader,
                address,
                new UpstreamAccess(reader, threads.executor(), clock, threads),
                threads.factory(),
                clock,
                threads);
        catalogue = new ModelCatalogue(reader, transport, address, keys, threads.executor(), clock, threads);
        admission = new NodeAdmission(keys.keys(), LimitSettings.read(reader), clock, threads);
        desk = new BatchDesk(
                reader,
                new BlockingWork(threads.executor(), threads, clock),
                admission,
                catalogue,
                new GeminiRest(reader, transport, threads),
                address,
                (source, declaredType, target, cancellation) ->
                        preparer.prepare(source, declaredType, target, cancellation),
                new BatchFigures());
    }

    /** How often Google was asked to delete the file that it was given first. */
    long deletions() {
        return google.requests().stream()
                .filter(request ->
                        request.method().equals("DELETE") && request.target().equals("/v1beta/files/f-1"))
                .count();
    }

    /** No recording is left on disk. */
    void assertNothingLeft() {
        // The client is answered a moment before the folder is deleted.
        Eventually.holds("no file in " + folder, () -> left() == 0);
    }

    /** How many recordings are on disk now. */
    long left() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        desk.shutDown();
        google.close();
        threads.close();
    }
}
