package dev.parley.media.recording;

import dev.parley.media.container.Container;
import dev.parley.media.recording.check.Checked;
import dev.parley.media.recording.check.ChunkChecks;
import dev.parley.media.recording.check.FrameChecks;
import dev.parley.media.recording.check.Nonsense;
import dev.parley.media.recording.check.RecordingFile;
import dev.parley.media.recording.check.StreamChecks;
import dev.parley.media.recording.remux.Remuxer;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Prepares a recording by what it is: what Gemini takes is checked and passed on, WebM and MP4 are remuxed, and the
 * rest goes to the {@link FileTranscoder}, if this server has one. Keeps nothing; any thread that may block.
 */
@ApplicationScoped
public class ContentPreparer implements RecordingPreparer {
    private static final int ID3_HEADER = 10;
    private static final int ID3 = 0x494433;
    private static final int MAX_ID3_TAGS = 8;
    private static final int FLAC = 0x664C6143;

    private final @Nullable FileTranscoder transcoder;

    /** Without a transcoder; CDI's proxies use it too. */
    public ContentPreparer() {
        transcoder = null;
    }

    /** With a transcoder. */
    public ContentPreparer(FileTranscoder transcoder) {
        this.transcoder = transcoder;
    }

    @Inject
    ContentPreparer(Instance<FileTranscoder> transcoders) {
        transcoder = transcoders.isResolvable() ? transcoders.get() : null;
    }

    @Override
    public PreparedRecording prepare(
            Path source, @Nullable String declaredType, Path folder, Cancellation cancellation) {
        Path target = folder.resolve("prepared-" + UUID.randomUUID());
        boolean done = false;
        try (RecordingFile file = new RecordingFile(source, cancellation)) {
            PreparedRecording prepared = prepare(file, source, declaredType, target, cancellation);
            done = true;
            return prepared;
        } catch (IOException | UncheckedIOException e) {
            throw new ParleyException(
                    FailureKind.INTERNAL, "The recording could not be read or written on the disk of this server.", e);
        } finally {
            if (!done) {
                delete(target);
            }
        }
    }

    private PreparedRecording prepare(
            RecordingFile file, Path source, @Nullable String declaredType, Path target, Cancellation cancellation)
            throws IOException {
        if (file.size() == 0) {
            throw Nonsense.refused("The recording is empty.");
        }
        long begin = behindId3(file);
        Container container = container(file, begin);
        String mismatch = mismatch(declaredType, container);
        Checked checked =
                switch (container) {
                    case WAV -> ChunkChecks.wav(file);
                    case AIFF -> ChunkChecks.aiff(file);
                    case MP3 -> FrameChecks.mp3(file, begin);
                    case MP2 -> FrameChecks.mp2(file, begin);
                    case AAC -> FrameChecks.aac(file, begin);
                    case FLAC -> StreamChecks.flac(file, begin);
                    case OGG -> StreamChecks.ogg(file);
                    case WEBM, MP4 -> null;
                    case CAF, AMR -> new Checked(container.title(), null, null);
                    case WEBM_CONTINUED -> throw Nonsense.refused("The recording is " + container.title() + ".");
                };
        if (checked == null) {
            Remuxer.Remuxed remuxed = Remuxer.remux(file, container, target);
            if (remuxed.other() == null) {
                return new PreparedRecording(
                        target,
                        remuxed.mimeType(),
                        container.title() + " with " + remuxed.codec(),
                        PreparedRecording.Treatment.REMUXED,
                        mismatch,
                        remuxed.duration());
            }
            checked = new Checked(container.title() + " with " + remuxed.other(), null, null);
        }
        String mimeType = checked.mimeType();
        return mimeType == null
                ? transcoded(source, target, checked, mismatch, cancellation)
                : new PreparedRecording(
                        source,
                        mimeType,
                        checked.found(),
                        PreparedRecording.Treatment.PASSED_ON,
                        mismatch,
                        checked.duration());
    }

    private PreparedRecording transcoded(
            Path source, Path target, Checked checked, @Nullable String mismatch, Cancellation cancellation)
            throws IOException {
        if (transcoder == null) {
            throw Nonsense.refused(
                    "The recording is " + checked.found() + ", which this server cannot prepare for Gemini.");
        }
        transcoder.toWav(source, target, bytes -> {}, cancellation);
        Duration duration;
        try (RecordingFile wav = new RecordingFile(target, cancellation)) {
            duration = ChunkChecks.wav(wav).duration();
        }
        return new PreparedRecording(
                target, "audio/wav", checked.found(), PreparedRecording.Treatment.TRANSCODED, mismatch, duration);
    }

    /** Where the sound begins that may have tags before it (id3.org, ID3v2 §3.1). */
    private static long behindId3(RecordingFile file) {
        long at = 0;
        for (int i = 0; i < MAX_ID3_TAGS; i++) {
            ByteBuffer header = file.read(at, ID3_HEADER);
            if (header.limit() < ID3_HEADER || header.getInt(0) >>> 8 != ID3) {
                break;
            }
            int size = 0;
            for (int digit = 6; digit < ID3_HEADER; digit++) {
                size = (size << 7) | (header.get(digit) & 0x7F);
            }
            boolean footer = (header.get(5) & 0x10) != 0;
            at += ID3_HEADER + size + (footer ? ID3_HEADER : 0);
        }
        return at;
    }

    private static Container container(RecordingFile file, long begin) {
        ByteBuffer bytes = file.read(begin, Container.ENOUGH);
        if (begin > 0 && bytes.limit() == 0) {
            throw Nonsense.in("MP3", "it breaks off before its sound");
        }
        byte[] head = new byte[bytes.limit()];
        bytes.get(0, head);
        Container found = Container.matching(head, head.length, false);
        if (begin > 0) {
            // Behind ID3 comes MP3, perhaps with padding before it; others are known to have such tags too.
            boolean other =
                    found == Container.AAC || found == Container.MP2 || (bytes.limit() >= 4 && bytes.getInt(0) == FLAC);
            return found != null && other ? found : Container.MP3;
        }
        if (found == null) {
            throw Nonsense.refused("The recording begins like no known audio.");
        }
        return found;
    }

    private static @Nullable String mismatch(@Nullable String declaredType, Container found) {
        if (declaredType == null) {
            return null;
        }
        String type = declaredType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Container.byMediaType(type) == null || found.isCalled(type)
                ? null
                : "The recording sent as " + Container.printable(declaredType) + " is " + found.title()
                        + " and was taken as such.";
    }

    private static void delete(Path target) {
        try {
            Files.deleteIfExists(target);
        } catch (IOException ignored) {
            // The caller deletes the folder.
        }
    }
}
