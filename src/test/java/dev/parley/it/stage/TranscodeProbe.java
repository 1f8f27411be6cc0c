package dev.parley.it.stage;

import dev.parley.media.recording.FileTranscoder;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.ParleyException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Put into the WAR by a test: has the server transcode a file, and says what of Humble Video is in its process then. */
@WebServlet("/api/transcode-probe")
public class TranscodeProbe extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient FileTranscoder transcoder;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String result;
        try {
            transcoder.toWav(
                    Path.of(request.getParameter("source")),
                    Path.of(request.getParameter("target")),
                    bytes -> {},
                    new Cancellation());
            result = "decoded";
        } catch (ParleyException told) {
            result = told.kind() + " " + told.getMessage();
        }
        Path maps = Path.of("/proc/self/maps");
        boolean mapped = Files.isReadable(maps) && Files.readString(maps).contains("humble");
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter()
                .println(result + "\nlibrary " + mapped + "\nclass " + known("io.humble.video.Demuxer") + "\nprogram "
                        + known("dev.parley.media.worker.program.WorkerProgram") + "\npid "
                        + ProcessHandle.current().pid());
    }

    private static boolean known(String name) {
        try {
            Class.forName(name, false, TranscodeProbe.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | NoClassDefFoundError absent) {
            return false;
        }
    }
}
