package dev.parley.operations.mbean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.operations.OperationsRoom;
import dev.parley.operations.Staffed;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Set;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MBeansTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final OperationsRoom room = new OperationsRoom();
    private final MBeans beans = new MBeans(
            room.board, room.conversations, room.limits, room.keys, room.drain, room.diagnostics, room.gemini);

    @AfterEach
    void withdraw() {
        beans.withdraw();
        room.close();
    }

    private Set<ObjectName> names() throws JMException {
        return server.queryNames(new ObjectName("dev.parley:*"), null);
    }

    private ObjectName name(String type) throws JMException {
        return MBeans.name(type, "");
    }

    @Test
    void consoles_see_rows_of_open_types() throws JMException {
        beans.register("/");
        room.board.accepted("simulator", room.time.instant());
        room.tell(Staffed.opened("c1", room.time.instant()));
        room.tell(Staffed.timed("c1", room.time.instant(), 480));
        CompositeData[] rows = (CompositeData[]) server.getAttribute(name("Conversations"), "Conversations");
        assertEquals("c1", rows[0].get("id"));
        assertEquals("ada", rows[0].get("caller"));
        assertEquals(0L, rows[0].get("tokens"));
        assertEquals("[480]", Arrays.toString((Long[]) rows[0].get("latenciesMillis")));
        assertEquals(1, server.getAttribute(name("Conversations"), "Count"));
        CompositeData key = ((CompositeData[]) server.getAttribute(name("Keys"), "Keys"))[0];
        assertEquals("simulator", key.get("name"));
        assertEquals("ok", key.get("health"));
    }

    @Test
    void limits_are_set_and_nonsense_is_refused_in_words() throws JMException {
        beans.register("");
        server.setAttribute(name("Limits"), new Attribute("SessionsPerKey", 7));
        assertEquals(7, server.getAttribute(name("Limits"), "SessionsPerKey"));
        assertEquals(true, server.getAttribute(name("Limits"), "Changed"));
        RuntimeMBeanException refused = assertThrows(
                RuntimeMBeanException.class,
                () -> server.setAttribute(name("Limits"), new Attribute("WaitingRoom", -1)));
        assertTrue(String.valueOf(refused.getTargetException().getMessage()).contains("parley.limits.waiting-room"));
    }

    @Test
    void operations_reach_the_desk() throws JMException {
        beans.register("");
        server.invoke(name("Node"), "drain", new Object[0], new String[0]);
        assertEquals(true, server.getAttribute(name("Node"), "Draining"));
        String[] text = {String.class.getName()};
        String[] lines = (String[]) server.invoke(name("Diagnostics"), "run", new Object[] {"text"}, text);
        assertTrue(lines[lines.length - 1].startsWith("text: FAILED"), Arrays.toString(lines));
        server.invoke(name("Node"), "undrain", new Object[0], new String[0]);
        assertFalse(room.drain.state().draining());
        String[] texts = {String.class.getName(), String.class.getName()};
        assertEquals(false, server.invoke(name("Conversations"), "end", new Object[] {"none", ""}, texts));
    }

    @Test
    void two_parleys_in_one_server_have_names_of_their_own_and_leave_none_behind() throws JMException {
        MBeans others = new MBeans(
                room.board, room.conversations, room.limits, room.keys, room.drain, room.diagnostics, room.gemini);
        beans.register("");
        others.register("/parley");
        assertEquals(10, names().size());
        assertTrue(names().contains(new ObjectName("dev.parley:type=Node,context=\"/parley\"")));
        others.withdraw();
        assertEquals(5, names().size());
        beans.withdraw();
        beans.withdraw();
        assertEquals(Set.of(), names());
    }
}
