package dev.parley.operations.mbean.contract;

import javax.management.openmbean.CompositeData;

/** {@code dev.parley:type=Conversations}. */
public interface ConversationsMBean {
    /** How many run, those in the waiting room not counted. */
    int getCount();

    /** How many are in the waiting room. */
    int getWaitingCount();

    /** Those that run, the oldest first. */
    CompositeData[] getConversations();

    /** Those in the waiting room. */
    CompositeData[] getWaiting();

    /** What went wrong lately, the latest first. */
    CompositeData[] getFailures();

    /** Ends one; its person is told the reason. False when there is none with this id. */
    boolean end(String id, String reason);
}
