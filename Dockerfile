# syntax=docker/dockerfile:1

# Builds the WAR with the project's own Maven wrapper.
FROM eclipse-temurin:17.0.15_6-jdk-noble AS build
WORKDIR /src
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY payara-config payara-config
COPY src src
RUN sh ./mvnw -B -ntp package -DskipTests \
 && payara="$(sed -n 's:.*<version.payara.micro>\(.*\)</version.payara.micro>.*:\1:p' pom.xml)" \
 && sh ./mvnw -B -ntp dependency:copy "-Dartifact=fish.payara.extras:payara-micro:$payara" \
      -DoutputDirectory=target/server -Dmdep.stripVersion=true

# Runs it on Payara Micro, as a user without rights. Configure with environment variables, such as GEMINI_API_KEY.
FROM eclipse-temurin:17.0.15_6-jre-noble
RUN useradd --system --create-home --home-dir /opt/parley --shell /usr/sbin/nologin parley
WORKDIR /opt/parley
COPY --from=build --chown=parley:parley /src/target/server/payara-micro.jar payara-micro.jar
COPY --from=build --chown=parley:parley /src/target/parley.war parley.war
COPY --chown=parley:parley payara-config/micro-pre-boot.asadmin micro-pre-boot.asadmin
USER parley
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "payara-micro.jar", \
  "--deploy", "parley.war", "--nocluster", "--prebootcommandfile", "micro-pre-boot.asadmin"]
