package dev.parley.gemini.watch;

import dev.parley.gemini.failure.Sentences;
import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveListener;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.live.LiveUpstream;
import dev.parley.gemini.live.UpstreamCounters;
import dev.parley.shared.settings.ApiKey;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;

/** An upstream whose connections tell, by the way, whether their key is good and how they end. Any thread. */
@Dependent
@Typed(WatchedUpstream.class) // the upstream that it watches is the one for everybody else
public final class WatchedUpstream implements LiveUpstream {
    private final LiveUpstream upstream;
    private final KeyHealth health;
    private final UpstreamCounters counters;

    /** The same upstream, watched. */
    @Inject
    public WatchedUpstream(LiveUpstream upstream, KeyHealth health, UpstreamCounters counters) {
        this.upstream = upstream;
        this.health = health;
        this.counters = counters;
    }

    @Override
    public LiveConnection connect(LiveRequest request, LiveListener listener) {
        ApiKey key = request.key();
        return upstream.connect(request, event -> {
            if (event instanceof LiveEvent.Ready) {
                health.accepted(key);
            } else if (event instanceof LiveEvent.Closed closed) {
                counters.closes().count(closed.code());
                if (Sentences.areAboutKey(closed.message())) {
                    health.refused(key, closed.message());
                }
            }
            listener.heard(event);
        });
    }
}
