package dev.parley.shared.socket.tyrus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.core.BaseContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs against the real Tyrus in its pinned version, so that a version that names its fields otherwise is noticed. */
class TyrusContainersTest {
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private final ClientManager container = ClientManager.createClient("dev.parley.gemini.socket.PromptContainer");

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
        container.shutdown();
    }

    private void giveManagedScheduler() throws ReflectiveOperationException {
        Field field = BaseContainer.class.getDeclaredField("managedScheduledExecutorService");
        field.setAccessible(true);
        field.set(container, scheduler);
    }

    @Test
    void tasks_without_a_delay_never_reach_the_scheduler_others_do() throws Exception {
        giveManagedScheduler();
        assertTrue(TyrusContainers.spareIdleTasks(container));

        for (int delay : new int[] {0, -1}) {
            assertTrue(container
                    .getScheduledExecutorService()
                    .schedule(() -> {}, delay, TimeUnit.MILLISECONDS)
                    .isDone());
        }
        assertEquals(0, scheduler.getTaskCount());

        ScheduledFuture<?> real = container.getScheduledExecutorService().schedule(() -> {}, 1, TimeUnit.HOURS);
        assertEquals(1, scheduler.getQueue().size());
        assertSame(real, scheduler.getQueue().peek());
    }

    @Test
    void sparing_twice_wraps_once() throws Exception {
        giveManagedScheduler();
        assertTrue(TyrusContainers.spareIdleTasks(container));
        Object spared = container.getScheduledExecutorService();
        assertTrue(TyrusContainers.spareIdleTasks(container));
        assertSame(spared, container.getScheduledExecutorService());
    }

    @Test
    void a_container_with_a_scheduler_of_its_own_and_one_that_is_not_tyrus_are_left_alone() {
        assertFalse(TyrusContainers.spareIdleTasks(container), "no managed scheduler outside a server");
        assertFalse(TyrusContainers.spareIdleTasks("another implementation"));
        assertFalse(TyrusContainers.spareIdleTasks(null));
    }
}
