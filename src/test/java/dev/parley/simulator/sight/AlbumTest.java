package dev.parley.simulator.sight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class AlbumTest {
    private static byte[] picture(String format, int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    @Test
    void nothing_was_shown() {
        assertEquals(Optional.empty(), new Album().describe());
    }

    @Test
    void number_and_size_are_told_and_forgotten() throws IOException {
        Album album = new Album();
        album.add(picture("png", 30, 20));
        byte[] last = picture("jpeg", 768, 432);
        album.add(last);
        assertEquals(
                Optional.of("I was shown 2 pictures, the last one of 768 \u00D7 432 pixels, "
                        + Math.round(last.length / 1000.0) + " KB."),
                album.describe());
        assertEquals(Optional.empty(), album.describe());
    }

    @Test
    void one_picture_is_one() throws IOException {
        Album album = new Album();
        album.add(picture("png", 1, 2));
        assertEquals(Optional.of("I was shown 1 picture of 1 \u00D7 2 pixels, 1 KB."), album.describe());
    }

    @Test
    void what_is_no_picture_is_counted_and_never_trips_it() throws IOException {
        byte[] jpeg = picture("jpeg", 64, 48);
        Random random = new Random(3);
        Album album = new Album();
        for (int i = 0; i < jpeg.length; i++) {
            album.add(Arrays.copyOf(jpeg, i));
            byte[] damaged = jpeg.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            album.add(damaged);
        }
        album.add(new byte[] {1});
        assertEquals(Optional.of("I was shown " + (2 * jpeg.length + 1) + " pictures."), album.describe());
    }
}
