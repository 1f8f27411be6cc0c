package dev.parley.simulator.setup;

import java.util.Set;

/** The prebuilt voices, as the speech generation guide lists them; names are case-sensitive. */
final class Voices {
    private static final Set<String> NAMES = Set.of(
            "Zephyr Puck Charon Kore Fenrir Leda Orus Aoede Callirrhoe Autonoe Enceladus Iapetus Umbriel Algieba Despina Erinome"
                    .concat(" Algenib Rasalgethi Laomedeia Achernar Alnilam Schedar Gacrux Pulcherrima Achird")
                    .concat(" Zubenelgenubi Vindemiatrix Sadachbia Sadaltager Sulafat")
                    .split(" ", -1));

    private Voices() {}

    /** Whether there is such a voice; voices of a locale, such as {@code en-us-tavi}, are taken by their form. */
    static boolean exists(String name) {
        return NAMES.contains(name) || name.matches("[a-z]{2,3}-[a-z]{2}-[a-z]+");
    }
}
