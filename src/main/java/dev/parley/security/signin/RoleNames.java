package dev.parley.security.signin;

import dev.parley.security.SignedIn;
import dev.parley.shared.settings.SettingsReader;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * How the two roles are called where people are known by others than this server.
 *
 * @param talk {@code *}: whoever can sign in
 */
public record RoleNames(String talk, String admin) {
    private static final String EVERYBODY = "*";

    /** Reads {@code parley.security.talk-role} and {@code parley.security.admin-role}. */
    public static RoleNames read(SettingsReader settings) {
        return new RoleNames(
                settings.text("parley.security.talk-role", SignedIn.TALK),
                settings.text("parley.security.admin-role", SignedIn.ADMIN));
    }

    /** Whether everybody who signs in may talk. */
    public boolean everybodyTalks() {
        return talk.equals(EVERYBODY);
    }

    /** The names of this server for those of others; the rest stays as it is, for tools. */
    public Set<String> translate(Collection<String> theirs) {
        Set<String> ours = new HashSet<>(theirs);
        ours.remove(SignedIn.TALK);
        ours.remove(SignedIn.ADMIN);
        if (everybodyTalks() || theirs.contains(talk)) {
            ours.add(SignedIn.TALK);
        }
        if (theirs.contains(admin)) {
            ours.add(SignedIn.ADMIN);
        }
        return Set.copyOf(ours);
    }
}
