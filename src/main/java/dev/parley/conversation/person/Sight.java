package dev.parley.conversation.person;

import dev.parley.conversation.delivery.Pictures;
import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.event.ClientEvent;
import dev.parley.gemini.live.LiveConnection.Picture;
import dev.parley.shared.failure.FailureKind;
import java.util.Optional;

/**
 * What the person shows, a picture at a time: sent at once or not at all, since an old one is of no use. Whatever is not sent is
 * counted. Confined to the mailbox.
 */
public final class Sight {
    private final ClientChannel client;
    private final Pictures pictures;
    private boolean taken = true;
    private boolean refusalTold;
    private int dropped;

    /** Nothing shown yet. */
    public Sight(ClientChannel client, Pictures pictures) {
        this.client = client;
        this.pictures = pictures;
    }

    /** Says whether the model that will answer looks at pictures. */
    public void begin(boolean modelLooks) {
        taken = modelLooks;
    }

    /** The next picture; empty when the door dropped it, because it came too soon after another. */
    public void shown(Optional<Picture> picture) {
        if (picture.isEmpty()) {
            dropped++;
        } else if (taken) {
            pictures.take(picture.get());
        } else {
            dropped++;
            refuse();
        }
    }

    /** Once: whoever goes on is not told again every second. */
    private void refuse() {
        if (!refusalTold) {
            refusalTold = true;
            client.tell(new ClientEvent.Problem(
                    FailureKind.BAD_MESSAGE,
                    "This model takes no pictures; choose another model to show it something. Later pictures are"
                            + " dropped without a word."));
        }
    }

    /** Pictures that were not sent, whatever the reason. */
    public int dropped() {
        return dropped + pictures.dropped();
    }
}
