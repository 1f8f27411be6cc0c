package dev.parley.security.origin;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says why an origin is refused and what the operator has to set to allow it: to the client, and to the log, once for
 * each origin. Any thread.
 */
final class OriginRefusals {
    private static final Logger LOG = System.getLogger(OriginRefusals.class.getName());

    /** Strangers choose their origins: beyond so many the log stays quiet, and the memory bounded. */
    private static final int MOST_LOGGED = 100;

    private static final int LONGEST_SHOWN = 300;

    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /** The sentence for the client; logs it when it is new. */
    String words(OriginPolicy.Verdict verdict, String origin) {
        String words = sentence(verdict, origin);
        if (logged.size() < MOST_LOGGED && logged.add(words)) {
            LOG.log(Level.WARNING, "A page was refused. " + words);
        }
        return words;
    }

    private static String sentence(OriginPolicy.Verdict verdict, String origin) {
        boolean nameable = verdict != OriginPolicy.Verdict.NO_ORIGIN && origin.length() <= LONGEST_SHOWN;
        if (!nameable) {
            return "Web pages use this server with their origin only, such as https://parley.example.";
        }
        String page = OriginPolicy.normalised(origin);
        String setting = OriginPolicy.PROPERTY + "=" + page;
        return verdict == OriginPolicy.Verdict.UNPROVEN_NAME
                ? "Without https a name proves nothing: the page " + page + " may be a stranger's whose name leads here"
                        + " (DNS rebinding). Open it by https, by the server's address or as localhost; or, if the name is"
                        + " the server's own, the operator adds " + setting + "."
                : "Pages of " + page + " may not use this server. If they should, the operator adds " + setting + ".";
    }
}
