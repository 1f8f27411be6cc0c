package dev.parley.security.password;

/** Lines of users files, for tests of other rooms. */
public final class Passwords {
    private Passwords() {}

    /** As the command line makes it. */
    public static String line(String name, String password, String roles) {
        return HashPassword.line(name, password, roles);
    }
}
