package dev.parley.tools.offer;

import dev.parley.tools.Caller;
import dev.parley.tools.LiveConversation;

/** From where a tool is called. */
public record CallContext(Caller caller, LiveConversation conversation) {}
