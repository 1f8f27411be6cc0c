package dev.parley.batch;

import dev.parley.batch.answer.Client;
import dev.parley.batch.answer.EventStream;
import dev.parley.batch.answer.WaitingReply;
import dev.parley.batch.answer.WholeAnswer;
import dev.parley.batch.upload.FormFields;
import dev.parley.batch.upload.ReceivedRecording;
import dev.parley.batch.upload.RecordingFolders;
import dev.parley.batch.upload.RecordingReceiver;
import dev.parley.batch.work.Recording;
import dev.parley.gemini.models.BatchModel;
import dev.parley.gemini.models.ModelCatalogue;
import dev.parley.gemini.models.ModelChoices;
import dev.parley.gemini.rest.GeminiRest;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.limits.Admission;
import dev.parley.limits.budget.Spending;
import dev.parley.media.recording.RecordingPreparer;
import dev.parley.shared.execution.BlockingWork;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.problem.Problem;
import dev.parley.shared.settings.SettingsReader;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes recordings in, a bounded number at once: one thread that may block for each, from its first byte to the end of
 * its answer, and another one that writes the answer as it comes. Whoever finds no room is refused at once. Thread safe.
 */
@ApplicationScoped
public class BatchDesk {
    private static final System.Logger LOG = System.getLogger(BatchDesk.class.getName());
    private static final String STOPPING =
            "This server is being stopped, or has no thread left. Send the recording again.";

    /** At undeploy: time to give up an exchange and to delete a file at Google. */
    private static final long LAST_SECONDS = 5;

    private final BlockingWork blocking;
    private final Admission admission;
    private final ModelCatalogue catalogue;
    private final Recording.Means means;
    private final RecordingReceiver receiver;
    private final RecordingFolders folders;
    private final BatchFigures figures;
    private final int places;
    private final Semaphore room;
    private volatile boolean stopping;
    private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();

    /** For CDI's client proxy only, which has no use for the fields. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected BatchDesk() {
        blocking = null;
        admission = null;
        catalogue = null;
        means = null;
        receiver = null;
        folders = null;
        figures = null;
        places = 0;
        room = null;
    }

    /** Reads the settings. */
    @Inject
    public BatchDesk(
            SettingsReader reader,
            BlockingWork work,
            Admission admission,
            ModelCatalogue catalogue,
            GeminiRest gemini,
            LiveAddress address,
            RecordingPreparer preparer,
            BatchFigures figures) {
        BatchSettings settings = BatchSettings.read(reader);
        blocking = work;
        this.admission = admission;
        this.catalogue = catalogue;
        means = new Recording.Means(preparer, gemini, settings.inlineBytes(), address.simulated());
        receiver = new RecordingReceiver(settings.upload(), work.clock());
        folders = new RecordingFolders(settings.folder());
        this.figures = figures;
        places = settings.concurrent();
        room = new Semaphore(places);
    }

    /** Takes a recording and returns at once; the client is answered later, on another thread. */
    void take(Submission submission, Client client) {
        if (stopping) {
            refuse(client, FailureKind.DRAINING, STOPPING);
            return;
        }
        if (!room.tryAcquire()) {
            refuse(client, FailureKind.NO_CAPACITY, "As many recordings as fit are being worked on. Try again soon.");
            return;
        }
        try {
            blocking.threads().execute(() -> {
                try {
                    work(submission, client);
                } finally {
                    room.release();
                }
            });
        } catch (RuntimeException refused) {
            room.release();
            refuse(client, FailureKind.DRAINING, STOPPING);
        }
    }

    /** While threads and connections are still there, see {@link #shutDown}. */
    void stop(
            @Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class) Object stopping) {
        shutDown();
    }

    /** Gives up whatever runs, and gives those who run some seconds to delete what they stored, here and at Google. */
    @PreDestroy
    public void shutDown() {
        stopping = true;
        running.forEach(Cancellation::cancel);
        try {
            if (room.tryAcquire(places, LAST_SECONDS, TimeUnit.SECONDS)) {
                room.release(places);
            } else {
                LOG.log(System.Logger.Level.WARNING, "A recording was still being worked on when the server stopped");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        folders.close();
    }

    private void work(Submission submission, Client client) {
        Cancellation cancellation = new Cancellation();
        running.add(cancellation);
        if (stopping) {
            cancellation.cancel(); // it came in while the others were being told
        }
        WaitingReply waiting = new WaitingReply(client, blocking, cancellation);
        BatchLog log = new BatchLog(LOG, blocking.clock(), figures);
        try (RecordingFolders.Folder folder = folders.open()) {
            Spending spending = admission.spend();
            ModelChoices choices = catalogue.current().toCompletableFuture().join();
            FormFields fields = new FormFields(model -> choices.forRecording(Optional.of(model)));
            ReceivedRecording received = submission.receive(receiver, fields, folder.path(), cancellation);
            BatchModel model = choices.forRecording(fields.get("model"));
            log.received(received.bytes(), model.name(), spending.key().name());
            Recording recording = new Recording(
                    received,
                    folder.path(),
                    model,
                    new Recording.Wishes(fields.get("prompt"), fields.get("language"), submission.streamed()),
                    spending,
                    cancellation);
            if (submission.streamed()) {
                stream(recording, cancellation, client, log);
            } else {
                waiting.begin();
                WholeAnswer whole = new WholeAnswer();
                recording.answer(means, whole);
                log.answered();
                waiting.answer(Client.Reply.of(whole.toJson().toString()));
            }
        } catch (IOException failure) {
            log.broken(failure);
            waiting.answer(
                    refusal(FailureKind.INTERNAL, "The recording could not be received or stored. Send it again."));
        } catch (RuntimeException | Error failure) { // an Error too: the client must not wait for ever
            waiting.answer(Client.Reply.of(problem(failure, log)));
        } finally {
            running.remove(cancellation);
        }
    }

    private void stream(Recording recording, Cancellation cancellation, Client client, BatchLog log) {
        try (EventStream events = begin(client, cancellation)) {
            try {
                recording.answer(means, events);
                log.answered();
            } catch (RuntimeException | Error failure) { // an Error too: the client must be told
                Problem problem = problem(failure, log);
                events.failed(problem);
            }
        } catch (CancellationException gone) {
            log.left();
        }
    }

    private EventStream begin(Client client, Cancellation cancellation) {
        try {
            return new EventStream(client, blocking, cancellation);
        } catch (RuntimeException refused) { // servers refuse with exceptions of their own
            throw new ParleyException(FailureKind.DRAINING, STOPPING, refused);
        }
    }

    private static Problem problem(Throwable failure, BatchLog log) {
        if (failure instanceof ParleyException known) {
            log.failed(known);
            return Problem.of(known);
        }
        if (failure instanceof CancellationException) {
            log.left();
            return Problem.of(new ParleyException(
                    FailureKind.DRAINING, "The recording was given up because this server is being stopped."));
        }
        log.broken(failure);
        return Problem.of(new ParleyException(
                FailureKind.INTERNAL, "This server has a fault; its log tells more. Try again, or tell its operator."));
    }

    private void refuse(Client client, FailureKind kind, String sentence) {
        figures.turnedAway();
        client.answer(refusal(kind, sentence));
    }

    private static Client.Reply refusal(FailureKind kind, String sentence) {
        return Client.Reply.of(Problem.of(new ParleyException(kind, sentence)));
    }
}
