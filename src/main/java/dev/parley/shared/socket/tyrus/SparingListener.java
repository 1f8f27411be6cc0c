package dev.parley.shared.socket.tyrus;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Spares the server's own WebSocket sessions, before the first of them; see {@link TyrusContainers}. */
@WebListener
public final class SparingListener implements ServletContextListener {
    /** Where every server puts its container (Jakarta WebSocket 2.1 §6.4). */
    private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        TyrusContainers.spareIdleTasks(event.getServletContext().getAttribute(CONTAINER));
    }
}
