package dev.parley.shared.socket.tyrus;

import java.lang.reflect.Field;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Spares Tyrus containers the idle task that they plan for every message where no idle time is set (see {@link
 * IdleTasks}). Tyrus has no switch for it, so the container's scheduler is replaced by reflection, before its first
 * session; where that fails everything works as before, at several times the cost, and a warning says so.
 */
public final class TyrusContainers {
    private static final System.Logger LOG = System.getLogger(TyrusContainers.class.getName());

    /** The class of Tyrus that holds the scheduler of servers and clients alike. */
    private static final String OWNER = "org.glassfish.tyrus.core.BaseContainer";

    private static final String SCHEDULER = "managedScheduledExecutorService";

    private TyrusContainers() {}

    /**
     * Spares the sessions that {@code container} opens from now on.
     *
     * @param container a client or server container; left as it is when it is none of Tyrus
     * @return whether its sessions are spared
     */
    public static boolean spareIdleTasks(@Nullable Object container) {
        Class<?> owner = owner(container);
        if (owner == null) {
            return false;
        }
        try {
            Field field = owner.getDeclaredField(SCHEDULER);
            field.setAccessible(true);
            Object scheduler = field.get(container);
            if (scheduler instanceof IdleTasks) {
                return true;
            }
            if (scheduler instanceof ScheduledExecutorService managed) {
                field.set(container, new IdleTasks(managed));
                return true;
            }
            LOG.log(System.Logger.Level.DEBUG, "Tyrus has a scheduler of its own, which costs little");
        } catch (ReflectiveOperationException | RuntimeException refused) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Each message costs more than it need: Tyrus' idle tasks cannot be left out",
                    refused);
        }
        return false;
    }

    private static @Nullable Class<?> owner(@Nullable Object container) {
        Class<?> type = container == null ? null : container.getClass();
        while (type != null && !type.getName().equals(OWNER)) {
            type = type.getSuperclass();
        }
        return type;
    }
}
