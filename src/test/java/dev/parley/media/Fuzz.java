package dev.parley.media;

import java.util.Random;
import java.util.stream.LongStream;

/**
 * The cases of a run: {@code -Dparley.fuzz.cases=N} of them from {@code -Dparley.fuzz.from=N} on. A failure names its case;
 * {@code -Dparley.fuzz.from=THAT -Dparley.fuzz.cases=1} plays it again.
 */
public final class Fuzz {
    private static final System.Logger LOG = System.getLogger(Fuzz.class.getName());

    /** In every build; as many again are shared by the parts of a decoder. */
    private static final long USUAL = 10_000;

    private static final long FROM = Long.getLong("parley.fuzz.from", 1);

    private final long cases;

    private Fuzz(long cases) {
        this.cases = cases;
    }

    /** One of so many tests that share the cases asked for; each has one at least. */
    public static Fuzz part(int of) {
        return new Fuzz(Math.max(1, Long.getLong("parley.fuzz.cases", USUAL) / of));
    }

    /** So many files, each through a process of its own: {@code -Dparley.fuzz.workers=N}. */
    public static Fuzz workers(long usual) {
        return new Fuzz(Long.getLong("parley.fuzz.workers", usual));
    }

    /** A case. */
    @FunctionalInterface
    public interface Case {
        /** Plays it with the numbers that its own seed gives. */
        void play(Random random) throws Exception;
    }

    /** How many. */
    public long cases() {
        return cases;
    }

    /** Plays all cases in their order. */
    public void play(Case each) {
        LongStream.range(FROM, FROM + cases).forEach(number -> play(number, each));
        tell();
    }

    /** Plays one. */
    public static void play(long number, Case each) {
        try {
            // Neighbouring seeds begin alike: they are spread first.
            each.play(new Random(seed(number)));
        } catch (Throwable failed) { // whatever it is, its case must be known
            throw new AssertionError(
                    "case " + number + " (seed " + seed(number) + "): replay it with -Dparley.fuzz.from=" + number
                            + " -Dparley.fuzz.cases=1 -Dparley.fuzz.workers=1",
                    failed);
        }
    }

    /** The first case. */
    public long first() {
        return FROM;
    }

    /** Prints which cases were played. */
    public void tell() {
        tell("cases", FROM + " to " + (FROM + cases - 1) + ", seeds " + seed(FROM) + " to " + seed(FROM + cases - 1));
    }

    /** Prints a count. */
    public static void tell(String what, String count) {
        LOG.log(System.Logger.Level.INFO, what + ": " + count);
    }

    private static long seed(long number) {
        return number * 0x9E3779B97F4A7C15L;
    }
}
