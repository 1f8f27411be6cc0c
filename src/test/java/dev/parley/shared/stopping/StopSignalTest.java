package dev.parley.shared.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StopSignalTest {
    private static final long PATIENCE_MILLIS = 20_000;

    private final List<Thread> made = new ArrayList<>();
    private final FiredEvents<ServerStopping> events = new FiredEvents<>();
    private final StopSignal signal = new StopSignal(this::thread, events);

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "hook");
        made.add(thread);
        return thread;
    }

    @AfterEach
    void takeBack() {
        made.forEach(Runtime.getRuntime()::removeShutdownHook);
    }

    @Test
    void the_end_of_the_virtual_machine_is_told_by_a_hook_of_it() throws InterruptedException {
        signal.listen(this);
        Thread hook = made.get(0);
        assertTrue(Runtime.getRuntime().removeShutdownHook(hook));
        assertEquals(List.of(), events.fired);
        hook.start();
        hook.join(PATIENCE_MILLIS);
        assertEquals(List.of(new ServerStopping()), events.fired);
    }

    @Test
    void an_application_that_stops_alone_takes_its_hook_back_and_lets_the_thread_end() throws InterruptedException {
        signal.listen(this);
        signal.forget(this);
        Thread hook = made.get(0);
        assertFalse(Runtime.getRuntime().removeShutdownHook(hook));
        assertNotEquals(Thread.State.NEW, hook.getState());
        hook.join(PATIENCE_MILLIS);
        assertFalse(hook.isAlive());
        assertEquals(List.of(), events.fired);
    }

    @Test
    void stopping_without_having_started_does_nothing() {
        signal.forget(this);
        assertEquals(List.of(), made);
        assertEquals(List.of(), events.fired);
    }

    @Test
    void a_signal_to_a_process_is_told_before_the_process_ends() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Listening.class.getName())
                .redirectErrorStream(true)
                .start();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("listening", output.readLine());
            process.toHandle().destroy(); // the process itself would close the pipe as well
            assertEquals("1 told", output.readLine());
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
    }

    /** Waits for its end. */
    static final class Listening {
        private Listening() {}

        public static void main(String[] arguments) throws InterruptedException {
            FiredEvents<ServerStopping> events = new FiredEvents<>();
            PrintStream parent =
                    new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            StopSignal signal = new StopSignal(
                    task -> new Thread(() -> {
                        task.run();
                        parent.println(events.fired.size() + " told");
                    }),
                    events);
            signal.listen(arguments);
            parent.println("listening");
            Thread.currentThread().join();
        }
    }
}
