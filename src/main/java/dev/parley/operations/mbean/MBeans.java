package dev.parley.operations.mbean;

import dev.parley.gemini.settings.LiveAddress;
import dev.parley.operations.board.Board;
import dev.parley.operations.desk.ConversationDesk;
import dev.parley.operations.desk.DrainDesk;
import dev.parley.operations.desk.KeyDesk;
import dev.parley.operations.desk.LimitDesk;
import dev.parley.operations.diagnostics.DiagnosticsDesk;
import dev.parley.operations.mbean.contract.ConversationsMBean;
import dev.parley.operations.mbean.contract.KeysMBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.NotCompliantMBeanException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * Registers {@code dev.parley:type=…}, with {@code context=…} in the name unless the application is at the root, so that
 * several Parleys of one server have names of their own. What is registered is taken back, since it holds the application.
 */
@ApplicationScoped
public class MBeans {
    private static final Logger LOG = System.getLogger(MBeans.class.getName());

    private final Map<String, Object> beans = new LinkedHashMap<>();
    private final List<ObjectName> registered = new ArrayList<>();
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    /** For CDI's client proxy only. */
    protected MBeans() {}

    /** Nothing is registered before the application has started. */
    @Inject
    public MBeans(
            Board board,
            ConversationDesk conversations,
            LimitDesk limits,
            KeyDesk keys,
            DrainDesk drain,
            DiagnosticsDesk diagnostics,
            LiveAddress gemini) {
        put("Conversations", ConversationsMBean.class, new ConsoleConversations(board, conversations));
        put("Keys", KeysMBean.class, () -> OpenTypes.rows(keys.keys()));
        beans.put("Limits", new ConsoleLimits(limits));
        beans.put("Node", new ConsoleNode(drain, gemini));
        beans.put("Diagnostics", new ConsoleDiagnostics(diagnostics));
    }

    /** Tables are open data already; as an MXBean, their bean would have them taken apart by their Java type. */
    private <T> void put(String type, Class<T> contract, T bean) {
        try {
            beans.put(type, new StandardMBean(bean, contract));
        } catch (NotCompliantMBeanException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void register(@Observes @Initialized(ApplicationScoped.class) Object started) {
        register(started instanceof ServletContext web ? web.getContextPath() : "");
    }

    synchronized void register(String contextPath) {
        beans.forEach((type, bean) -> {
            try {
                ObjectName name = name(type, contextPath);
                server.registerMBean(bean, name);
                registered.add(name);
            } catch (JMException taken) {
                LOG.log(Level.WARNING, "The MBean " + type + " cannot be registered; consoles do not see it", taken);
            }
        });
    }

    static ObjectName name(String type, String contextPath) throws JMException {
        return new ObjectName("dev.parley:type=" + type
                + (contextPath.isEmpty() || contextPath.equals("/")
                        ? ""
                        : ",context=" + ObjectName.quote(contextPath)));
    }

    void withdraw(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stopped) {
        withdraw();
    }

    synchronized void withdraw() {
        registered.forEach(name -> {
            try {
                server.unregisterMBean(name);
            } catch (JMException gone) {
                LOG.log(Level.DEBUG, "An MBean was gone already", gone);
            }
        });
        registered.clear();
    }
}
