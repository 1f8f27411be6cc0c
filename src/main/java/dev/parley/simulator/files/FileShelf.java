package dev.parley.simulator.files;

import dev.parley.shared.execution.MayBlock;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.settings.Secret;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.files.Upload.Wish;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Uploaded files and uploads under way. A file is seen with the key that uploaded it only, and deleted when asked, after
 * an hour (at Google 48), and with the application; an upload that is not finalised lives for a quarter of an hour. Bounded
 * in number and bytes, since any stranger may upload: the oldest file goes first, then the oldest upload that nobody is
 * writing to, and only when there is neither the new one is refused. Any thread that may block.
 */
@ApplicationScoped
public class FileShelf {
    /** How long a file is PROCESSING unless asked otherwise. */
    public static final Duration USUAL_PROCESSING = Duration.ofSeconds(1);

    static final Duration FILE_LIFE = Duration.ofHours(1);
    static final Duration UPLOAD_LIFE = Duration.ofMinutes(15);
    static final int MAX_FILES = 200;
    static final int MAX_UPLOADS = 50;

    /** Of files that are finished; what is being worked on needs room too. */
    static final long MAX_BYTES = DiskSpace.BOUND_BYTES / 2;

    private static final Pattern NAME = Pattern.compile("files/[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");
    private static final Pattern IN_URI = Pattern.compile("(?:.*/)?(files/[^/?#]*)");

    private final DiskSpace space;
    private final Clock clock;
    private final Timers timers;
    private final Executor blocking;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final Map<String, StoredFile> files = new ConcurrentHashMap<>();

    /** What ends the life of each upload and file; taken back when it ends before. */
    private final Map<Object, Timers.Timer> ends = new ConcurrentHashMap<>();

    /** For CDI's client proxy only. */
    protected FileShelf() {
        this(new DiskSpace(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), (delay, task) -> () -> {}, task -> {});
    }

    /** An empty shelf. */
    @Inject
    public FileShelf(DiskSpace space, Clock clock, Timers timers, @MayBlock Executor blocking) {
        this.space = space;
        this.clock = clock;
        this.timers = timers;
        this.blocking = blocking;
        space.whenFull(this::dropOldest);
    }

    /** One that keeps nothing for long; for the client proxies of its users. */
    public static FileShelf none() {
        return new FileShelf();
    }

    /** A name for a file whose client chose none. */
    public static String newName() {
        return "files/" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }

    /** Begins an upload. */
    public Upload begin(Wish wish) throws IOException {
        if (!NAME.matcher(wish.name()).matches()) {
            throw GoogleError.invalid("* CreateFileRequest.file.name: must be files/ and at most 40 lower case letters,"
                    + " digits and dashes, with no dash at either end.");
        }
        if (wish.length() > Upload.MAX_BYTES) {
            throw Upload.tooLarge();
        }
        if (files.containsKey(wish.name())) {
            throw exists(wish.name());
        }
        if (uploads.size() >= MAX_UPLOADS) { // those that ended are only kept for clients that ask again
            uploads.values().stream()
                    .filter(upload -> upload.status() != Upload.Status.ACTIVE)
                    .forEach(this::forget);
        }
        if (uploads.size() >= MAX_UPLOADS && !dropOldestUpload()) {
            throw GoogleError.quota("file_count", Duration.ofSeconds(60));
        }
        String id = UUID.randomUUID().toString();
        Upload upload = new Upload(id, wish, space.newFile(), clock.instant());
        endAfter(UPLOAD_LIFE, upload, () -> {
            forget(upload);
            upload.cancel();
        });
        uploads.put(id, upload);
        return upload;
    }

    /** An upload by its id. */
    public Upload upload(String id) {
        Upload upload = uploads.get(id);
        if (upload == null) {
            throw GoogleError.notFound("There is no upload of that id; it may have expired.");
        }
        return upload;
    }

    /** Makes the upload a file. */
    public StoredFile finish(Upload upload) throws IOException {
        String sha256 = upload.complete();
        Wish wish = upload.wish();
        Instant now = clock.instant();
        StoredFile file = new StoredFile(
                wish.name(),
                wish.displayName(),
                wish.mimeType(),
                now,
                now.plus(wish.processing()),
                wish.fails(),
                now.plus(FILE_LIFE),
                sha256,
                wish.owner(),
                upload.content());
        if (files.putIfAbsent(file.name(), file) != null) {
            file.content().close();
            throw exists(file.name());
        }
        endAfter(FILE_LIFE, file, () -> remove(file));
        if (!file.equals(files.get(file.name()))) { // it had to go at once
            takeBackEnd(file);
        }
        while (files.size() > MAX_FILES || kept() > MAX_BYTES) {
            if (!dropOldestFile()) {
                break;
            }
        }
        return file;
    }

    /** What became of an upload that was finished; empty when that was deleted since. */
    public Optional<StoredFile> madeOf(Upload upload) {
        return Optional.ofNullable(files.get(upload.wish().name()))
                .filter(file -> file.content().equals(upload.content()));
    }

    /** A file by its name, {@code files/…}. */
    public StoredFile file(Secret owner, String name) {
        StoredFile file = files.get(name);
        if (file == null || !file.owner().equals(owner) || !clock.instant().isBefore(file.expires())) {
            String shown = NAME.matcher(name).matches() ? name.substring("files/".length()) : "of that name";
            throw GoogleError.denied(
                    "You do not have permission to access the File " + shown + " or it may not exist.");
        }
        return file;
    }

    /** A file for use in a prompt: it must be ACTIVE. */
    public StoredFile active(Secret owner, String uri) {
        Matcher matcher = IN_URI.matcher(uri);
        StoredFile file = file(owner, matcher.matches() ? matcher.group(1) : "");
        if (!file.state(clock.instant()).equals("ACTIVE")) {
            throw GoogleError.precondition("The File " + file.name().substring("files/".length())
                    + " is not in an ACTIVE state and usage is not allowed.");
        }
        return file;
    }

    /** The files of a key, newest first. */
    public List<StoredFile> list(Secret owner) {
        List<StoredFile> own = new ArrayList<>(files.values());
        own.removeIf(file -> !file.owner().equals(owner) || !clock.instant().isBefore(file.expires()));
        own.sort(Comparator.comparing(StoredFile::created).reversed().thenComparing(StoredFile::name));
        return own;
    }

    /** Deletes a file. */
    public void delete(Secret owner, String name) {
        remove(file(owner, name));
    }

    private long kept() {
        return files.values().stream().mapToLong(file -> file.content().size()).sum();
    }

    private boolean dropOldest() {
        return dropOldestFile() || dropOldestUpload();
    }

    private boolean dropOldestFile() {
        Optional<StoredFile> oldest = files.values().stream()
                .min(Comparator.comparing(StoredFile::created).thenComparing(StoredFile::name));
        oldest.ifPresent(this::remove);
        return oldest.isPresent();
    }

    private boolean dropOldestUpload() {
        List<Upload> oldestFirst = new ArrayList<>(uploads.values());
        oldestFirst.sort(Comparator.comparing(Upload::begun).thenComparing(Upload::id));
        for (Upload upload : oldestFirst) {
            if (upload.cancelIfIdle()) {
                forget(upload);
                return true;
            }
        }
        return false;
    }

    private void remove(StoredFile file) {
        if (files.remove(file.name(), file)) {
            takeBackEnd(file);
            file.content().close();
        }
    }

    private void forget(Upload upload) {
        uploads.remove(upload.id());
        takeBackEnd(upload);
    }

    private void endAfter(Duration life, Object whose, Runnable task) {
        ends.put(whose, timers.schedule(life, () -> blocking.execute(task)));
    }

    private void takeBackEnd(Object whose) {
        Timers.Timer end = ends.remove(whose);
        if (end != null) {
            end.cancel();
        }
    }

    private static GoogleError exists(String name) {
        return GoogleError.exists("The File " + name.substring("files/".length()) + " already exists.");
    }
}
