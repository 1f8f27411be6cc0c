package dev.parley.security.password;

import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The command line that makes a line for the users file: reads the password twice from the terminal, unseen, or once from
 * a pipe, and prints the line. {@code docs/security.md} has the call.
 */
public final class HashPassword {
    private static final int SHORTEST = 8;

    private HashPassword() {}

    /** {@code name [role,role]}; without roles, {@code talk}. */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(arguments, printing(FileDescriptor.out), printing(FileDescriptor.err)));
    }

    private static PrintStream printing(FileDescriptor where) {
        return new PrintStream(new FileOutputStream(where), true, StandardCharsets.UTF_8);
    }

    private static int run(String[] arguments, PrintStream out, PrintStream complaints) throws IOException {
        if (arguments.length < 1 || arguments.length > 2) {
            complaints.println("Give a name and, if they are not \"talk\", the roles: anna talk,admin");
            return 2;
        }
        String password = read();
        if (password.length() < SHORTEST) {
            complaints.println("The two entries differ, or the password has fewer than " + SHORTEST + " characters.");
            return 1;
        }
        try {
            out.println(line(arguments[0], password, arguments.length == 2 ? arguments[1] : "talk"));
            return 0;
        } catch (IllegalArgumentException wrong) {
            complaints.println("The line " + wrong.getMessage() + ".");
            return 2;
        }
    }

    /** A line that the users file takes. */
    static String line(String name, String password, String roles) {
        String line = name + ":" + PasswordHash.of(password, new SecureRandom()).written() + ":" + roles;
        return UsersFile.parse(line).map(user -> line).orElseThrow(() -> new IllegalArgumentException("is a comment"));
    }

    /** Empty when two entries differ; a pipe, which newer Javas read as a console too, has one. */
    @SuppressWarnings("SystemConsoleNull") // older Javas have none for a pipe
    private static String read() throws IOException {
        Console console = System.console();
        if (console == null) {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        }
        char[] first = console.readPassword("Password: ");
        char[] second = console.readPassword("Again: ");
        return first != null && (second == null || Arrays.equals(first, second)) ? new String(first) : "";
    }
}
