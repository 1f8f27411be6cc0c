/*
 * Makes src/test/resources/opus/differential.bin: packets of libopus for every combination that matters, and what libopus
 * itself makes of them at 48 kHz mono. Read by dev.parley.media.opus.DifferentialTest.
 *
 * cc -O2 -o target/opus-differential src/test/c/opus-differential.c -lopus -lm
 * target/opus-differential src/test/resources/corpus/voice-stereo.wav src/test/resources/opus/differential.bin 11 700
 *
 * Arguments: stereo speech of 16 bits (taken as if it were at 48 kHz), the file to write, of how many decoded samples one
 * is kept, and milliseconds of each case. All numbers are big-endian. The file: "OPUSDIF1", the stride in two bytes, then
 * case after case: the length of its name in one byte, the name; the number of packets in two bytes; each packet behind its
 * length in two bytes, 0 for a lost one; the number of samples decoded in four bytes; every stride-th sample in two.
 */
#include <math.h>
#include <opus/opus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of libopus' private header: its own tests force modes in the same way. */
#define SET_FORCE_MODE(x) 11002, (opus_int32)(x)
#define SILK 1000
#define HYBRID 1001
#define CELT 1002

#define RATE 48000
#define MAX_SAMPLES 5760
#define MAX_PACKET 4000

enum { NB = OPUS_BANDWIDTH_NARROWBAND, MB, WB, SWB, FB };
enum { PLAIN = 0, LOSE_SINGLE = 1, LOSE_BURST = 2, FEC = 4, DTX = 8, GAPS = 16, CBR = 32, SWITCH = 64, LOUD = 128, PAD = 256,
       NOISE = 512, LOSE_EARLY = 1024 };

static FILE *out;
static short *voice;
static long voice_frames;
static int stride, millis;
static unsigned seed;

static void fail(const char *why) {
    fprintf(stderr, "opus-differential: %s\n", why);
    exit(1);
}

static void put(unsigned long value, int bytes) {
    while (bytes-- > 0) fputc((int)(value >> (8 * bytes) & 0xFF), out);
}

static int random_number(void) {
    seed = seed * 1103515245u + 12345u;
    return (int)(seed >> 16 & 0x7FFF);
}

/* Speech, with a pause in every second half when asked for, or louder than can be, or with wide noise. */
static void fill(short *pcm, long from, int count, int channels, int flags) {
    for (int i = 0; i < count; i++) {
        for (int c = 0; c < channels; c++) {
            long at = (from + i + 24000) % voice_frames;
            double x = channels == 1 ? (voice[2 * at] + voice[2 * at + 1]) / 2.0
                                     : voice[2 * ((at + 9000 * c) % voice_frames) + c];
            if ((flags & GAPS) && (from + i) / 14400 % 2 == 1) x = 0;
            if (flags & LOUD) x *= 6;
            if (flags & NOISE) x += (random_number() - 16384) / 6.0;
            if (x > 32767) x = 32767;
            if (x < -32768) x = -32768;
            pcm[i * channels + c] = (short)lrint(x);
        }
    }
}

static int is_lost(int packet, int flags) {
    if ((flags & LOSE_EARLY) && packet == 1) return 1;
    if ((flags & LOSE_SINGLE) && packet > 3 && packet % 7 == 5) return 1;
    return (flags & LOSE_BURST) && packet > 3 && packet % 16 >= 9 && packet % 16 < 15;
}

static void steer(OpusEncoder *encoder, int packet, int channels, int flags) {
    static const int modes[] = {SILK, CELT, HYBRID, CELT, SILK, HYBRID, SILK, CELT, CELT, HYBRID};
    static const int widths[] = {WB, FB, SWB, NB, NB, FB, MB, WB, SWB, FB};
    if (flags & SWITCH) {
        int turn = packet / 3 % 10;
        opus_encoder_ctl(encoder, SET_FORCE_MODE(modes[turn]));
        opus_encoder_ctl(encoder, OPUS_SET_BANDWIDTH(widths[turn]));
        if (channels == 2) opus_encoder_ctl(encoder, OPUS_SET_FORCE_CHANNELS(1 + (packet / 5) % 2));
    }
}

static void make(const char *name, int mode, int width, int channels, double frame_millis, int bitrate, int flags) {
    int error;
    int samples = (int)(frame_millis * 48);
    OpusEncoder *encoder = opus_encoder_create(RATE, channels, mode == 0 || mode == CELT ? OPUS_APPLICATION_AUDIO : OPUS_APPLICATION_VOIP, &error);
    OpusDecoder *decoder = opus_decoder_create(RATE, 1, &error);
    if (error != OPUS_OK) fail(opus_strerror(error));
    if (mode) opus_encoder_ctl(encoder, SET_FORCE_MODE(mode));
    if (width) opus_encoder_ctl(encoder, OPUS_SET_BANDWIDTH(width));
    if (mode && channels == 2) opus_encoder_ctl(encoder, OPUS_SET_FORCE_CHANNELS(2));
    opus_encoder_ctl(encoder, OPUS_SET_BITRATE(bitrate));
    opus_encoder_ctl(encoder, OPUS_SET_VBR(!(flags & CBR)));
    opus_encoder_ctl(encoder, OPUS_SET_DTX(!!(flags & DTX)));
    if (flags & FEC) {
        opus_encoder_ctl(encoder, OPUS_SET_INBAND_FEC(1));
        opus_encoder_ctl(encoder, OPUS_SET_PACKET_LOSS_PERC(25));
    }
    int length = flags & (DTX | SWITCH | LOSE_BURST) ? 2 * millis : millis;
    int packets = length * 48 / samples;
    if (packets < 8) packets = 8;
    static short pcm[2 * MAX_SAMPLES], decoded[MAX_SAMPLES];
    static unsigned char packet[MAX_PACKET];
    short *all = malloc(sizeof(short) * MAX_SAMPLES * (size_t)packets);
    long total = 0;
    int last = 960;
    put(strlen(name), 1);
    fwrite(name, 1, strlen(name), out);
    put((unsigned long)packets, 2);
    seed = 1;
    for (int i = 0; i < packets; i++) {
        steer(encoder, i, channels, flags);
        fill(pcm, (long)i * samples, samples, channels, flags);
        int bytes = opus_encode(encoder, pcm, samples, packet, 1500);
        if (bytes < 0) fail(name);
        if (flags & PAD) {
            if (opus_packet_pad(packet, bytes, bytes + 7 + i * 3) != OPUS_OK) fail("no padding");
            bytes += 7 + i * 3;
        }
        if (is_lost(i, flags)) bytes = 0;
        put((unsigned long)bytes, 2);
        fwrite(packet, 1, (size_t)bytes, out);
        int count = bytes ? opus_decode(decoder, packet, bytes, decoded, MAX_SAMPLES, 0)
                          : opus_decode(decoder, NULL, 0, decoded, last, 0);
        if (count < 0) fail(opus_strerror(count));
        memcpy(all + total, decoded, sizeof(short) * (size_t)count);
        total += count;
        last = count;
    }
    put((unsigned long)total, 4);
    for (long i = 0; i < total; i += stride) put((unsigned short)all[i], 2);
    free(all);
    opus_encoder_destroy(encoder);
    opus_decoder_destroy(decoder);
}

static const char *width_name(int width) {
    return width == NB ? "nb" : width == MB ? "mb" : width == WB ? "wb" : width == SWB ? "swb" : "fb";
}

static void make_grid(int mode, const char *mode_name, const int *widths, int width_count, const double *frames, int frame_count) {
    for (int w = 0; w < width_count; w++) {
        for (int f = 0; f < frame_count; f++) {
            for (int channels = 1; channels <= 2; channels++) {
                char name[80];
                int bitrate = (mode == SILK ? 10000 + 5000 * (widths[w] - NB) : mode == HYBRID ? 28000 : 40000) * channels;
                snprintf(name, sizeof name, "%s-%s-%gms-%s", mode_name, width_name(widths[w]), frames[f], channels == 1 ? "mono" : "stereo");
                make(name, mode, widths[w], channels, frames[f], bitrate, mode == CELT && f % 2 ? NOISE : PLAIN);
            }
        }
    }
}

static void make_losses(void) {
    static const struct { const char *name; int mode, width, channels, flags; double frame; int bitrate; } cases[] = {
        {"silk-nb-20ms", SILK, NB, 1, 0, 20, 10000}, {"silk-wb-20ms", SILK, WB, 1, 0, 20, 20000},
        {"silk-wb-60ms", SILK, WB, 1, 0, 60, 20000}, {"silk-wb-20ms-stereo", SILK, WB, 2, 0, 20, 32000},
        {"silk-wb-20ms-fec", SILK, WB, 1, FEC, 20, 24000}, {"silk-wb-60ms-fec-stereo", SILK, WB, 2, FEC, 60, 40000},
        {"hybrid-fb-20ms", HYBRID, FB, 1, 0, 20, 32000}, {"hybrid-swb-10ms-stereo", HYBRID, SWB, 2, 0, 10, 48000},
        {"hybrid-fb-20ms-fec", HYBRID, FB, 1, FEC, 20, 40000}, {"celt-fb-20ms", CELT, FB, 1, 0, 20, 64000},
        {"celt-wb-10ms", CELT, WB, 1, 0, 10, 40000}, {"celt-fb-2.5ms-stereo", CELT, FB, 2, 0, 2.5, 96000},
        {"celt-fb-20ms-stereo", CELT, FB, 2, 0, 20, 128000}, {"celt-fb-60ms", CELT, FB, 1, 0, 60, 64000},
        {"switch-20ms", 0, FB, 1, SWITCH, 20, 32000}};
    static const struct { const char *name; int flags; } losses[] = {
        {"single", LOSE_SINGLE}, {"burst", LOSE_BURST}, {"early", LOSE_EARLY}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t j = 0; j < 3; j++) {
            char name[80];
            if (j == 2 && i % 3 != 0) continue;
            snprintf(name, sizeof name, "lost-%s-%s", losses[j].name, cases[i].name);
            make(name, cases[i].mode, cases[i].width, cases[i].channels, cases[i].frame, cases[i].bitrate, cases[i].flags | losses[j].flags);
        }
    }
}

int main(int argc, char **argv) {
    if (argc != 5) fail("give speech, the file to write, the stride and the milliseconds");
    FILE *file = fopen(argv[1], "rb");
    if (!file || fseek(file, 0, SEEK_END)) fail("no speech");
    voice_frames = (ftell(file) - 44) / 4;
    voice = malloc((size_t)voice_frames * 4);
    if (fseek(file, 44, SEEK_SET) || fread(voice, 4, (size_t)voice_frames, file) != (size_t)voice_frames) fail("no speech");
    fclose(file);
    out = fopen(argv[2], "wb");
    if (!out) fail("the file cannot be written");
    stride = atoi(argv[3]);
    millis = atoi(argv[4]);
    fputs("OPUSDIF1", out);
    put((unsigned long)stride, 2);
    static const int silk[] = {NB, MB, WB}, hybrid[] = {SWB, FB}, celt[] = {NB, WB, SWB, FB};
    static const double silk_frames[] = {10, 20, 40, 60}, hybrid_frames[] = {10, 20}, celt_frames[] = {2.5, 5, 10, 20};
    make_grid(SILK, "silk", silk, 3, silk_frames, 4);
    make_grid(HYBRID, "hybrid", hybrid, 2, hybrid_frames, 2);
    make_grid(CELT, "celt", celt, 4, celt_frames, 4);
    static const int rates[] = {6, 8, 12, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256, 320, 510};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        char name[80];
        snprintf(name, sizeof name, "auto-%dk-%s", rates[i], i % 2 ? "cbr" : "vbr");
        make(name, 0, 0, 1 + (rates[i] > 20), 20, rates[i] * 1000, (i % 2 ? CBR : 0) | (i % 4 > 1 ? NOISE : 0));
    }
    static const double long_frames[] = {40, 60, 80, 100, 120};
    for (int i = 0; i < 5; i++) {
        char name[80];
        snprintf(name, sizeof name, "frames-celt-%gms", long_frames[i]);
        make(name, CELT, FB, 1 + i % 2, long_frames[i], 48000, PLAIN);
        snprintf(name, sizeof name, "frames-hybrid-%gms", long_frames[i]);
        make(name, HYBRID, FB, 2 - i % 2, long_frames[i], 40000, CBR);
        snprintf(name, sizeof name, "frames-silk-%gms", long_frames[i]);
        make(name, SILK, WB, 1, long_frames[i], 18000, PLAIN);
    }
    make("padded-silk", SILK, WB, 1, 20, 18000, PAD);
    make("padded-celt-stereo", CELT, FB, 2, 20, 64000, PAD);
    make("dtx-silk", SILK, WB, 1, 20, 16000, DTX | GAPS);
    make("dtx-silk-60ms-stereo", SILK, WB, 2, 60, 24000, DTX | GAPS);
    make("dtx-hybrid", HYBRID, FB, 1, 20, 32000, DTX | GAPS);
    make("dtx-celt", CELT, FB, 1, 20, 48000, DTX | GAPS);
    make("dtx-auto-lost", 0, 0, 1, 20, 16000, DTX | GAPS | LOSE_SINGLE);
    make("pauses-celt-stereo", CELT, FB, 2, 10, 64000, GAPS);
    make("fec-silk-nb", SILK, NB, 1, 20, 14000, FEC);
    make("fec-silk-wb-stereo", SILK, WB, 2, 40, 40000, FEC);
    make("fec-hybrid", HYBRID, SWB, 1, 20, 36000, FEC);
    make("loud-celt", CELT, FB, 1, 20, 24000, LOUD);
    make("loud-celt-stereo", CELT, FB, 2, 10, 32000, LOUD);
    make("loud-silk", SILK, WB, 1, 20, 12000, LOUD);
    make("loud-hybrid", HYBRID, FB, 1, 20, 24000, LOUD);
    make("switch-10ms", 0, FB, 1, 10, 32000, SWITCH);
    make("switch-20ms", 0, FB, 1, 20, 28000, SWITCH);
    make("switch-20ms-stereo", 0, FB, 2, 20, 48000, SWITCH);
    make("switch-20ms-cbr", 0, FB, 1, 20, 40000, SWITCH | CBR);
    make("switch-60ms-stereo", 0, FB, 2, 60, 48000, SWITCH);
    make_losses();
    return fclose(out) ? 1 : 0;
}
