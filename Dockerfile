# syntax=docker/dockerfile:1

# Builds the WAR with the project's own Maven wrapper, on the machine's own processor whatever the image is for.
FROM --platform=$BUILDPLATFORM eclipse-temurin:17.0.15_6-jdk-noble AS build
ARG TARGETARCH
WORKDIR /src
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY payara-config payara-config
COPY src src
# Humble Video has no natives for arm64: such an image decodes Opus and PCM, and refuses AAC and MP3 with the reason.
RUN if [ "$TARGETARCH" = arm64 ]; then humble=-Pwithout-humble; else humble=; fi \
 && sh ./mvnw -B -ntp $humble package -Dmaven.test.skip=true \
 && payara="$(sed -n 's:.*<version.payara.micro>\(.*\)</version.payara.micro>.*:\1:p' pom.xml)" \
 && sh ./mvnw -B -ntp dependency:copy "-Dartifact=fish.payara.extras:payara-micro:$payara" \
      -DoutputDirectory=target/server -Dmdep.stripVersion=true

# Runs it on Payara Micro, as a user without rights, on a root file system that may be read-only: what is written goes to
# /tmp (the server's own files, recordings while they are worked on) and /data. Configure with environment variables, such
# as GEMINI_API_KEY.
FROM eclipse-temurin:17.0.15_6-jre-noble
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin parley \
 && mkdir -p /opt/parley /data \
 && chown parley:parley /data
WORKDIR /opt/parley
COPY --from=build /src/target/server/payara-micro.jar payara-micro.jar
COPY --from=build /src/target/parley.war parley.war
COPY payara-config/micro-pre-boot.asadmin payara-config/micro-post-boot.asadmin payara-config/health.sh ./
USER 10001:10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 CMD ["bash", "health.sh", "live"]
# Memory: half of the container's is the heap; threads, sockets and the worker processes that decode AAC live beside it.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-Xss512k", "-XX:+ExitOnOutOfMemoryError", "-Djava.io.tmpdir=/tmp", \
  "-jar", "payara-micro.jar", "--deploy", "parley.war", "--contextroot", "/", "--nocluster", "--port", "8080", \
  "--prebootcommandfile", "micro-pre-boot.asadmin", "--postbootcommandfile", "micro-post-boot.asadmin"]
