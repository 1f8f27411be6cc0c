package dev.parley.media;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bytes of the buffers that a decoder holds: every array and buffer that its own classes refer to. */
final class HeldMemory {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private long bytes;

    private HeldMemory() {}

    static long of(Object decoder) {
        HeldMemory memory = new HeldMemory();
        memory.add(decoder);
        return memory.bytes;
    }

    private void add(@Nullable Object object) {
        if (object == null || !seen.add(object)) {
            return;
        }
        if (object instanceof ByteBuffer buffer) {
            bytes += buffer.capacity();
        } else if (object instanceof Iterable<?> elements) {
            elements.forEach(this::add);
        } else if (object instanceof Map<?, ?> map) {
            bytes += 64L * map.size();
        } else if (object.getClass().isArray()) {
            int length = Array.getLength(object);
            bytes += length * elementSize(object);
        } else if (object.getClass().getName().startsWith("dev.parley.media.")
                && !object.getClass().isEnum()
                && !object.getClass().getSimpleName().startsWith("FilterBank")) {
            for (Class<?> type = object.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    addField(object, field);
                }
            }
        }
    }

    private static long elementSize(Object array) {
        if (array instanceof byte[] || array instanceof boolean[]) {
            return 1;
        }
        return array instanceof short[] ? 2 : array instanceof int[] || array instanceof float[] ? 4 : 8;
    }

    private void addField(Object object, Field field) {
        if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
            return;
        }
        try {
            field.setAccessible(true);
            add(field.get(object));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
