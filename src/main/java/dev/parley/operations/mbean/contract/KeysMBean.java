package dev.parley.operations.mbean.contract;

import javax.management.openmbean.CompositeData;

/** {@code dev.parley:type=Keys}: by name, never by value. */
public interface KeysMBean {
    /** Each with its health. */
    CompositeData[] getKeys();
}
