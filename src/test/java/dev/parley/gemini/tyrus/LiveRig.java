package dev.parley.gemini.tyrus;

import dev.parley.gemini.access.UpstreamAccess;
import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.live.UpstreamCounters;
import dev.parley.gemini.settings.ApiKeys;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.Secret;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.testkit.RealThreads;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The upstream on real threads, with what its listeners heard. */
final class LiveRig implements AutoCloseable {
    static final String KEY = "AIzaTest-key_0123456789abcdefghijklmnopq";

    final RealThreads threads = new RealThreads();
    final UpstreamCounters counters = new UpstreamCounters();
    final LiveAddress address;
    final TyrusLiveUpstream upstream;

    /** What one listener heard. */
    static final class Heard {
        private final BlockingQueue<LiveEvent> events = new LinkedBlockingQueue<>();
        private final List<LiveEvent> taken = new ArrayList<>();

        /** Frames that tell nothing but that the server is there are left out. */
        void hear(LiveEvent event) {
            if (!(event instanceof LiveEvent.Alive)) {
                events.add(event);
            }
        }

        LiveEvent next() {
            try {
                LiveEvent event = events.poll(20, TimeUnit.SECONDS);
                if (event == null) {
                    throw new AssertionError("No further event; heard so far: " + taken);
                }
                taken.add(event);
                return event;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        <E extends LiveEvent> E next(Class<E> kind) {
            LiveEvent event = next();
            if (!kind.isInstance(event)) {
                throw new AssertionError("Expected " + kind.getSimpleName() + ", but heard " + event);
            }
            return kind.cast(event);
        }

        int waiting() {
            return events.size();
        }
    }

    LiveRig(URI endpoint, String... settings) {
        Map<String, String> values = new HashMap<>(Map.of("GEMINI_API_KEY", KEY));
        values.put("parley.gemini.endpoint", endpoint.toString());
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        SettingsReader reader = new SettingsReader(name -> Optional.ofNullable(values.get(name)));
        address = new LiveAddress(reader, new ApiKeys(reader));
        upstream = new TyrusLiveUpstream(
                reader,
                address,
                new UpstreamAccess(reader, threads.executor(), Clock.systemUTC(), threads),
                threads.executor(),
                threads,
                threads.factory(),
                counters);
    }

    LiveConnection connect(Heard heard) {
        return connect("gemini-3.8-live", heard);
    }

    LiveConnection connect(String model, Heard heard) {
        return upstream.connect(request(model), heard::hear);
    }

    /** A connection that is ready. */
    LiveConnection ready(Heard heard) {
        LiveConnection connection = connect(heard);
        heard.next(LiveEvent.Ready.class);
        return connection;
    }

    static LiveRequest request(String model) {
        return request(new ApiKey("first", new Secret(KEY)), model);
    }

    static LiveRequest request(ApiKey key, String model) {
        return new LiveRequest(
                key,
                model,
                Optional.of("Kore"),
                Optional.empty(),
                Optional.of("Be brief."),
                LiveRequest.Modality.AUDIO,
                false,
                LiveChoice.Wishes.NONE,
                false);
    }

    @Override
    public void close() {
        upstream.shutDown();
        threads.close();
    }
}
