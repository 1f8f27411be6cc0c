package dev.parley.media;

import dev.parley.media.container.Container;
import dev.parley.media.resample.FilterBanks;
import dev.parley.shared.failure.ParleyException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a stream's first bytes, twelve at the most, until they show what it is, then leaves it to the decoder for that.
 * Content wins over the declared type; raw samples are believed only when they are declared.
 */
final class SniffingDecoder implements AudioDecoder {
    private static final List<Container> DECODED = List.of(Container.WEBM, Container.OGG, Container.MP4);

    private final DeclaredAudio declared;
    private final FilterBanks filters;
    private final @Nullable LateDecoders late;
    private final Runnable wakeUp;
    private final byte[] head = new byte[Container.ENOUGH];
    private int headLength;

    private @Nullable AudioDecoder decoder;
    /** The container that is being decoded; null for raw samples and before it is known. */
    private @Nullable Container found;

    private @Nullable ParleyException failure;
    private boolean over;

    SniffingDecoder(DeclaredAudio declared, FilterBanks filters, @Nullable LateDecoders late, Runnable wakeUp) {
        this.declared = declared;
        this.filters = filters;
        this.late = late;
        this.wakeUp = wakeUp;
    }

    @Override
    public void decode(ByteBuffer bytes, PcmSink sink) {
        requireUsable();
        try {
            while (decoder == null && bytes.hasRemaining()) {
                head[headLength++] = bytes.get();
                decoder = decide();
                if (decoder != null) {
                    decoder.decode(ByteBuffer.wrap(head, 0, headLength), sink);
                }
            }
            if (decoder != null && bytes.hasRemaining()) {
                decoder.decode(bytes, sink);
            }
        } catch (ParleyException refused) {
            failure = refused;
            throw refused;
        }
    }

    @Override
    public void finish(PcmSink sink) {
        requireUsable();
        over = true;
        if (decoder == null && headLength > 0) {
            decoder = decideAtEnd();
            decoder.decode(ByteBuffer.wrap(head, 0, headLength), sink);
        }
        if (decoder != null) {
            decoder.finish(sink);
        }
    }

    @Override
    public boolean poll(PcmSink sink) {
        if (failure != null) {
            throw failure;
        }
        return decoder != null && decoder.poll(sink);
    }

    @Override
    public Optional<String> mismatch() {
        Container content = found;
        if (content == null || content == declared.container() || declared.kind() == DeclaredAudio.Kind.TO_BE_SNIFFED) {
            return Optional.empty();
        }
        return Optional.of("The audio sent as " + declared.name() + " is " + content.title()
                + " and was decoded as such; declare " + content.mediaType() + ".");
    }

    @Override
    public boolean workFollowsBytes() {
        return decoder != null && decoder.workFollowsBytes();
    }

    @Override
    public int concealedPackets() {
        return decoder == null ? 0 : decoder.concealedPackets();
    }

    @Override
    public void close() {
        over = true;
        if (decoder != null) {
            decoder.close();
        }
    }

    private void requireUsable() {
        if (failure != null) {
            throw failure;
        }
        if (over) {
            throw new IllegalStateException("the stream is finished or closed");
        }
    }

    /** The decoder for what the first bytes show; null while they do not show enough. */
    private @Nullable AudioDecoder decide() {
        boolean pcm = declared.kind() == DeclaredAudio.Kind.PCM;
        Container match = Container.matching(head, headLength, pcm);
        if (match != null && (DECODED.contains(match) || match == Container.AAC)) {
            return open(match);
        }
        if (match != null) {
            throw DeclaredAudio.refused("The audio sent as " + declared.name() + " is " + match.title() + ".");
        }
        if (headLength < Container.ENOUGH && (Container.undecided(head, headLength, pcm) || (!pcm && isText()))) {
            return null;
        }
        return unrecognised();
    }

    private AudioDecoder open(Container container) {
        found = container;
        return container == Container.AAC
                ? DeclaredAudio.requireAac("The audio sent as " + declared.name(), late)
                        .open(wakeUp)
                : new ContainerDecoder(container, filters, late, wakeUp);
    }

    /** A stream of few bytes: the beginning of a recording holds no sound yet, anything else must be known. */
    private AudioDecoder decideAtEnd() {
        if (declared.kind() != DeclaredAudio.Kind.PCM) {
            for (Container container : DECODED) {
                if (container.couldBegin(head, headLength)) {
                    return new ContainerDecoder(container, filters, late, wakeUp);
                }
            }
        }
        return unrecognised();
    }

    private AudioDecoder unrecognised() {
        if (declared.kind() == DeclaredAudio.Kind.PCM) {
            return new PcmDecoder(declared.rate(), declared.channels(), filters);
        }
        throw DeclaredAudio.refused("The audio sent as " + declared.name() + " begins "
                + (isText() ? "like text (HTML, JSON or the like)" : "like no known recording (" + hexHead() + ")")
                + "; raw samples must be declared.");
    }

    private boolean isText() {
        for (int i = 0; i < headLength; i++) {
            boolean printable = head[i] >= ' ' && head[i] <= '~';
            if (!printable && head[i] != '\n' && head[i] != '\r' && head[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private String hexHead() {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < Math.min(headLength, 4); i++) {
            hex.append(i == 0 ? "" : " ").append(String.format("%02X", head[i]));
        }
        return hex.toString();
    }
}
