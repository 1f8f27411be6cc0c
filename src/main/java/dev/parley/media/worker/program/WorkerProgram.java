package dev.parley.media.worker.program;

import dev.parley.media.worker.launch.WorkerProtocol;
import dev.parley.media.worker.program.source.FileSource;
import dev.parley.media.worker.program.source.RecordingSource;
import dev.parley.media.worker.program.source.StreamSource;
import dev.parley.media.worker.program.source.UndecodableException;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ForkJoinPool;

/** Decodes one recording, as ordered on standard input, and ends. */
public final class WorkerProgram {
    private final InputStream in = new FileInputStream(FileDescriptor.in);
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final LiveOutput live = new LiveOutput(out);
    private final PrintStream words =
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

    private WorkerProgram() {}

    /** Takes no arguments; the exit value is one of {@link WorkerProtocol}. */
    public static void main(String[] args) {
        int exit = new WorkerProgram().run();
        // Not exit: the native library's own end may fail, and there is nothing left to do.
        Runtime.getRuntime().halt(exit);
    }

    private int run() {
        try {
            WarmUp.run();
        } catch (Throwable unusable) { // whatever a missing or foreign native library ends in
            words.println("Humble Video cannot be loaded: " + unusable);
            return WorkerProtocol.UNUSABLE;
        }
        try {
            out.write(WorkerProtocol.GREETING.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String order = readOrder();
            RecordingSource source = open(order);
            OpenFiles.useUp();
            OutputStream pcm = source.isLive() ? live : out;
            new Transcription(source, pcm).run();
            pcm.flush();
            return WorkerProtocol.DONE;
        } catch (UndecodableException refused) {
            words.println(WorkerProtocol.REFUSAL + refused.getMessage());
            return WorkerProtocol.REFUSED;
        } catch (IOException gone) {
            words.println("Abandoned: " + gone);
            return WorkerProtocol.ABANDONED;
        } catch (RuntimeException failed) { // Humble reports FFmpeg's errors so
            words.println(WorkerProtocol.REFUSAL + "its audio is damaged, or of a kind that FFmpeg 2.8 cannot decode");
            words.println(failed);
            return WorkerProtocol.REFUSED;
        }
    }

    private String readOrder() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() == WorkerProtocol.MAX_ORDER) {
                throw new IOException("no order came");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private RecordingSource open(String order) throws IOException {
        if (order.equals(WorkerProtocol.STREAM)) {
            return new StreamSource(in, live);
        }
        if (order.startsWith(WorkerProtocol.FILE)) {
            RecordingSource file = new FileSource(order.substring(WorkerProtocol.FILE.length()));
            ForkJoinPool.commonPool().execute(this::endWithTheServer);
            return file;
        }
        throw new IOException("an unknown order came");
    }

    private void endWithTheServer() {
        try {
            while (in.read() >= 0) {
                // nothing is said while a file is decoded
            }
        } catch (IOException gone) {
            words.println("Standard input broke: " + gone);
        }
        Runtime.getRuntime().halt(WorkerProtocol.ABANDONED);
    }
}
