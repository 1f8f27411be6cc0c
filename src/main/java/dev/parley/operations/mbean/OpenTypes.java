package dev.parley.operations.mbean;

import java.lang.reflect.RecordComponent;
import java.util.List;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;

/**
 * Records as consoles read them, member by member: texts, whole numbers, truth values, and lists of numbers. JDK 17 makes open
 * types of getters only, which records do not have.
 */
final class OpenTypes {
    private OpenTypes() {}

    /** One row for each. */
    static CompositeData[] rows(List<? extends Record> records) {
        return records.stream().map(OpenTypes::row).toArray(CompositeData[]::new);
    }

    private static CompositeData row(Record of) {
        RecordComponent[] members = of.getClass().getRecordComponents();
        String[] names = new String[members.length];
        OpenType<?>[] types = new OpenType<?>[members.length];
        Object[] values = new Object[members.length];
        try {
            for (int i = 0; i < members.length; i++) {
                names[i] = members[i].getName();
                values[i] = value(members[i].getAccessor().invoke(of));
                types[i] = type(values[i]);
            }
            String name = of.getClass().getSimpleName();
            return new CompositeDataSupport(new CompositeType(name, name, names, names, types), names, values);
        } catch (OpenDataException | ReflectiveOperationException impossible) {
            throw new IllegalStateException(of.getClass() + " is no row for a console", impossible);
        }
    }

    private static Object value(Object member) {
        return member instanceof List<?> numbers
                ? numbers.stream().map(Long.class::cast).toArray(Long[]::new)
                : member;
    }

    private static OpenType<?> type(Object value) throws OpenDataException {
        if (value instanceof Long[]) {
            return new ArrayType<Long[]>(1, SimpleType.LONG);
        }
        if (value instanceof Long) {
            return SimpleType.LONG;
        }
        if (value instanceof Integer) {
            return SimpleType.INTEGER;
        }
        return value instanceof Boolean ? SimpleType.BOOLEAN : SimpleType.STRING;
    }
}
