package dev.parley.operations.mbean;

import dev.parley.gemini.settings.LiveAddress;
import dev.parley.operations.desk.DrainDesk;
import dev.parley.operations.mbean.contract.NodeMXBean;

/** The node, and emptying it. */
record ConsoleNode(DrainDesk desk, LiveAddress gemini) implements NodeMXBean {
    @Override
    public boolean isSimulated() {
        return gemini.simulated();
    }

    @Override
    public boolean isDraining() {
        return desk.state().draining();
    }

    @Override
    public long getDrainEndsInSeconds() {
        return desk.state().endsInSeconds();
    }

    @Override
    public int getConversations() {
        return desk.state().conversations();
    }

    @Override
    public void drain() {
        desk.drain(Console.OPERATOR);
    }

    @Override
    public void undrain() {
        desk.undrain(Console.OPERATOR);
    }
}
