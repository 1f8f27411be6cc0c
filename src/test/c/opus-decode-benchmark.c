/*
 * What libopus alone needs for decoding: the other half of dev.parley.performance.LibopusComparison, which runs it.
 *
 * cc -O2 -o target/opus-decode-benchmark src/test/c/opus-decode-benchmark.c -lopus
 * target/opus-decode-benchmark PACKETS PASSES
 *
 * PACKETS: one Opus packet after the other, each behind its length in four bytes, big-endian. Decodes all of them to
 * 48 kHz mono, PASSES times, each time with a decoder made anew. Prints nanoseconds of CPU and samples of all passes.
 */
#include <opus/opus.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define RATE 48000
#define MAX_SAMPLES 5760

static void fail(const char *why) {
    fprintf(stderr, "opus-decode-benchmark: %s\n", why);
    exit(1);
}

static unsigned char *read_whole(const char *name, long *size) {
    FILE *file = fopen(name, "rb");
    if (!file || fseek(file, 0, SEEK_END) || (*size = ftell(file)) < 0 || fseek(file, 0, SEEK_SET)) fail("no such file");
    unsigned char *bytes = malloc((size_t)*size + 1);
    if (!bytes || fread(bytes, 1, (size_t)*size, file) != (size_t)*size) fail("the file cannot be read");
    fclose(file);
    return bytes;
}

int main(int argc, char **argv) {
    if (argc != 3) fail("give the file of packets and the number of passes");
    static opus_int16 pcm[MAX_SAMPLES];
    long size;
    unsigned char *bytes = read_whole(argv[1], &size);
    long passes = atol(argv[2]);
    long long samples = 0;
    struct timespec from, to;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    for (long pass = 0; pass < passes; pass++) {
        int error;
        OpusDecoder *decoder = opus_decoder_create(RATE, 1, &error);
        if (error != OPUS_OK) fail(opus_strerror(error));
        for (long at = 0; at + 4 <= size;) {
            unsigned char *p = bytes + at;
            long length = (long)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
            if (length > size - at - 4) fail("the file is cut off");
            int count = opus_decode(decoder, p + 4, (opus_int32)length, pcm, MAX_SAMPLES, 0);
            if (count < 0) fail(opus_strerror(count));
            samples += count;
            at += 4 + length;
        }
        opus_decoder_destroy(decoder);
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    printf("%lld %lld\n", (to.tv_sec - from.tv_sec) * 1000000000LL + to.tv_nsec - from.tv_nsec, samples);
    return 0;
}
