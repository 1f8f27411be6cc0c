package dev.parley.shared.health;

import java.util.Optional;

/** One reason why this node may not be ready; a CDI bean. Asked on a request's thread, so it knows and never looks. */
public interface ReadinessCheck {
    /** A word that may be shown to anybody, such as {@code database}. */
    String name();

    /** Why not, in a sentence for the operator, without secrets; empty: ready. */
    Optional<String> whyNotReady();
}
