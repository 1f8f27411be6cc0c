package dev.parley.operations.mbean;

import dev.parley.operations.desk.LimitDesk;
import dev.parley.operations.mbean.contract.LimitsMXBean;
import java.util.Map;

/** The limits of the desk. */
record ConsoleLimits(LimitDesk desk) implements LimitsMXBean {
    @Override
    public int getSessionsPerKey() {
        return desk.limits().sessionsPerKey();
    }

    @Override
    public void setSessionsPerKey(int value) {
        change("sessionsPerKey", value);
    }

    @Override
    public long getSessionDurationSeconds() {
        return desk.limits().sessionDurationSeconds();
    }

    @Override
    public void setSessionDurationSeconds(long value) {
        change("sessionDurationSeconds", value);
    }

    @Override
    public long getTokensPerMinute() {
        return desk.limits().tokensPerMinute();
    }

    @Override
    public void setTokensPerMinute(long value) {
        change("tokensPerMinute", value);
    }

    @Override
    public int getWaitingRoom() {
        return desk.limits().waitingRoom();
    }

    @Override
    public void setWaitingRoom(int value) {
        change("waitingRoom", value);
    }

    @Override
    public long getWaitingTimeSeconds() {
        return desk.limits().waitingTimeSeconds();
    }

    @Override
    public void setWaitingTimeSeconds(long value) {
        change("waitingTimeSeconds", value);
    }

    @Override
    public boolean isChanged() {
        return desk.limits().changed();
    }

    private void change(String name, long value) {
        Console.call(() -> desk.change(Map.of(name, value), Console.OPERATOR));
    }
}
