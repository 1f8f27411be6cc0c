package dev.parley.media.resample;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Filter tables by input rate. Rates come from strangers, so only the last few used stay (at most 320 KB each). Any
 * thread; two threads that miss at once both design, which costs time and nothing else.
 */
public final class FilterBanks {
    /** More than there are rates in ordinary use. */
    private static final int MAX_KEPT = 12;

    private final Map<Integer, FilterBank> byRate = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * A resampler for one stream.
     *
     * @param rate Hz, {@value FilterBank#MIN_RATE}–{@value FilterBank#MAX_RATE}
     */
    public Resampler resampler(int rate) {
        FilterBank bank = bank(rate);
        return bank.up() == 1 ? new Decimator(bank) : new FractionalResampler(bank);
    }

    private FilterBank bank(int rate) {
        synchronized (byRate) {
            FilterBank known = byRate.get(rate);
            if (known != null) {
                return known;
            }
        }
        FilterBank designed = FilterBank.design(rate);
        synchronized (byRate) {
            byRate.put(rate, designed);
            if (byRate.size() > MAX_KEPT) {
                byRate.remove(byRate.keySet().iterator().next());
            }
        }
        return designed;
    }

    /** Tables held now. */
    int kept() {
        synchronized (byRate) {
            return byRate.size();
        }
    }
}
