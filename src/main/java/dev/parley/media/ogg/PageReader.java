package dev.parley.media.ogg;

import dev.parley.media.container.Container;
import dev.parley.media.container.CorruptContainer;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts a byte stream into whole pages whose checksum is right, whatever the pieces it comes in; what lies between them
 * is passed over. Memory: one page. Work: at most {@value #MAX_WASTE_FACTOR} bytes are looked at in vain for each one
 * that came, past a first {@value #MAX_GARBAGE}.
 */
final class PageReader {
    /** Bytes without a page after which the stream is no Ogg any more. */
    static final int MAX_GARBAGE = 262_144;

    private static final int MAX_WASTE_FACTOR = 4;

    /** What a damaged recording is told to be. */
    static final CorruptContainer CORRUPT = new CorruptContainer(Container.OGG);

    private final Consumer<Page> pages;
    private final Page page = new Page();
    private long received;
    private long wasted;
    private long garbage;

    PageReader(Consumer<Page> pages) {
        this.pages = pages;
    }

    void feed(ByteBuffer bytes) {
        received += bytes.remaining();
        while (bytes.hasRemaining()) {
            page.fill(bytes, page.wanted());
            settle();
        }
    }

    /** No more bytes come: what waited for the rest of its page is looked through for whole ones. */
    void end() {
        while (page.available() > 0) {
            wasted += page.available();
            requireThrift();
            resynchronise(1);
            settle();
        }
    }

    private void requireThrift() {
        if (wasted > MAX_GARBAGE + MAX_WASTE_FACTOR * received) {
            throw CORRUPT.because("hardly any of its pages is whole");
        }
    }

    /** Gives the pages that are whole, and drops what cannot begin one, until more bytes are needed. */
    private void settle() {
        while (page.available() > 0) {
            if (!page.plausible(0)) {
                resynchronise(0);
                continue;
            }
            int size = page.wanted();
            if (page.available() < size) {
                return;
            }
            if (page.checks()) {
                garbage = 0;
                pages.accept(page);
                page.drop(size);
            } else {
                wasted += size;
                requireThrift();
                resynchronise(1);
            }
        }
    }

    /** Drops bytes up to the next one, at or behind {@code from}, that may begin a page. */
    private void resynchronise(int from) {
        int at = from;
        while (at < page.available() && !page.plausible(at)) {
            at++;
        }
        garbage += at;
        if (garbage > MAX_GARBAGE) {
            throw CORRUPT.because("no whole page within " + MAX_GARBAGE + " bytes");
        }
        page.drop(at);
    }
}
