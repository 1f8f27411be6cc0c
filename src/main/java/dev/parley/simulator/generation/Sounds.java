package dev.parley.simulator.generation;

import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.survey.Findings;
import dev.parley.simulator.survey.Findings.Measured;
import dev.parley.simulator.survey.SoundFormat;
import dev.parley.simulator.survey.Surveyor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The recordings of one request: each is measured once, and together they are as long as one may be. One thread. */
final class Sounds {
    private final Surveyor surveyor;
    private final Map<Path, Findings> known = new HashMap<>();
    private long left = Surveyor.LONGEST_MILLIS;

    Sounds(Surveyor surveyor) {
        this.surveyor = surveyor;
    }

    /**
     * Measures the next one.
     *
     * @throws GoogleError 400 when it is no audio, or one too long with those before it
     */
    Findings survey(Path file, String type) throws IOException {
        Findings findings = known.get(file);
        if (findings == null) {
            findings = surveyor.survey(file, left);
            known.put(file, findings);
        }
        if (findings.format() == SoundFormat.UNKNOWN) {
            throw GoogleError.invalid("Request contains an invalid argument. The " + findings.bytes()
                    + " bytes declared as " + type + " are no audio that Parley's simulator knows.");
        }
        left -= findings.measured().map(Measured::millis).orElse(0L);
        if (left < 0) {
            throw Surveyor.tooLong();
        }
        return findings;
    }
}
