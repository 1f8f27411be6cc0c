package dev.parley.simulator.survey;

import dev.parley.media.AudioDecoder;
import dev.parley.media.AudioDecoders;
import dev.parley.media.recording.FileTranscoder;
import dev.parley.media.resample.FilterBanks;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.files.DiskFile;
import dev.parley.simulator.files.DiskSpace;
import dev.parley.simulator.survey.Findings.Measured;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Measures recordings in files. Any thread that may block. */
@ApplicationScoped
public class Surveyor {
    /** Milliseconds of sound that one prompt may have: 9.5 hours. */
    public static final long LONGEST_MILLIS = 34_200_000;

    private static final int BUFFER_BYTES = 64 << 10;

    private final AudioDecoders decoders;
    private final Supplier<Optional<FileTranscoder>> transcoder;
    private final DiskSpace space;
    private final FilterBanks filters = new FilterBanks();

    /** For CDI's client proxy only. */
    protected Surveyor() {
        this(new AudioDecoders(), Optional::empty, new DiskSpace());
    }

    /** With the server's transcoder, if it has one. */
    @Inject
    public Surveyor(AudioDecoders decoders, Instance<FileTranscoder> transcoders, DiskSpace space) {
        this(decoders, () -> transcoders.isResolvable() ? Optional.of(transcoders.get()) : Optional.empty(), space);
    }

    /** With a transcoder that may come and go. */
    public Surveyor(AudioDecoders decoders, Supplier<Optional<FileTranscoder>> transcoder, DiskSpace space) {
        this.decoders = decoders;
        this.transcoder = transcoder;
        this.space = space;
    }

    /** One that can do little; for the client proxies of its users. */
    public static Surveyor none() {
        return new Surveyor();
    }

    /** The refusal of more sound than a prompt may have. */
    public static GoogleError tooLong() {
        return GoogleError.invalid("The audio is longer than the 9.5 hours that one prompt may have.");
    }

    /** Finds out what the file is and what can be measured in it. */
    public Findings survey(Path file) throws IOException {
        return survey(file, LONGEST_MILLIS);
    }

    /**
     * The same for one of several recordings.
     *
     * @param longestMillis of sound; more is refused as {@link #tooLong}, once it was heard
     */
    public Findings survey(Path file, long longestMillis) throws IOException {
        SoundFormat format;
        try (InputStream in = Files.newInputStream(file)) {
            format = SoundFormat.of(in.readNBytes(SoundFormat.HEAD_BYTES));
        }
        long bytes = Files.size(file);
        try {
            Optional<Measured> measured =
                    switch (format) {
                        case UNKNOWN -> Optional.empty();
                        case WAV -> Optional.of(wav(file, longestMillis));
                        case WEBM, OGG, MP4 -> decodedOrTranscoded(file, longestMillis);
                        default -> transcoded(file, longestMillis);
                    };
            String obstacle = measured.isPresent() ? "" : "This server has no decoder for it.";
            return new Findings(format, bytes, measured, obstacle);
        } catch (ParleyException failure) {
            if (failure.kind() != FailureKind.UNSUPPORTED_AUDIO) {
                throw failure;
            }
            return new Findings(format, bytes, Optional.empty(), failure.getMessage());
        }
    }

    private Measured wav(Path file, long longestMillis) throws IOException {
        Measuring measuring = new Measuring(longestMillis);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            new WavSound(in, filters).decode(measuring);
        }
        return measuring.finish();
    }

    private Optional<Measured> decodedOrTranscoded(Path file, long longestMillis) throws IOException {
        try {
            return Optional.of(decoded(file, longestMillis));
        } catch (ParleyException failure) {
            if (failure.kind() != FailureKind.UNSUPPORTED_AUDIO
                    || transcoder.get().isEmpty()) {
                throw failure;
            }
            return transcoded(file, longestMillis);
        }
    }

    private Measured decoded(Path file, long longestMillis) throws IOException {
        Measuring measuring = new Measuring(longestMillis);
        byte[] buffer = new byte[BUFFER_BYTES];
        try (AudioDecoder decoder = decoders.open(null);
                InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                decoder.decode(ByteBuffer.wrap(buffer, 0, count), measuring);
            }
            decoder.finish(measuring);
        }
        return measuring.finish();
    }

    private Optional<Measured> transcoded(Path file, long longestMillis) throws IOException {
        Optional<FileTranscoder> able = transcoder.get();
        if (able.isEmpty()) {
            return Optional.empty();
        }
        try (DiskFile target = space.newFile()) {
            target.complete();
            able.get().toWav(file, target.path(), target::grown, new Cancellation());
            return Optional.of(wav(target.path(), longestMillis));
        }
    }
}
