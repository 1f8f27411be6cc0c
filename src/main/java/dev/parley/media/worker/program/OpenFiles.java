package dev.parley.media.worker.program;

import dev.parley.media.worker.launch.WorkerProtocol;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the last free file descriptors. A recording can name other files and addresses (data references of MP4,
 * playlists), and FFmpeg 2.8 would open them and decode what they hold; with no descriptor left, no file and no socket
 * can be opened any more, whatever the recording says.
 */
final class OpenFiles {
    private static final List<FileInputStream> TAKEN = new ArrayList<>();

    private OpenFiles() {}

    /** Does nothing where the number of open files was not bounded. */
    static void useUp() throws IOException {
        int most = Integer.getInteger(WorkerProtocol.OPEN_FILES, 0);
        for (int i = 0; i < most; i++) {
            try {
                TAKEN.add(new FileInputStream("/dev/null"));
            } catch (IOException none) {
                return;
            }
        }
        if (most > 0) {
            throw new IOException("more files can be opened than the bound says");
        }
    }
}
