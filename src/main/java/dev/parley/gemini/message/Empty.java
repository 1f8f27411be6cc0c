package dev.parley.gemini.message;

/** A message without members, {@code {}} on the wire, where presence alone is the meaning. */
public record Empty() {
    /** The only value worth having. */
    public static final Empty PRESENT = new Empty();
}
