package dev.parley.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.input.ConversationRequest;
import dev.parley.conversation.input.Input;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every way in which an upstream connection ends, at every moment of a conversation, with quick and slow successors: not one
 * quarter of a millisecond is lost or out of order while the buffer suffices; a planned hand-over repeats nothing, a sudden
 * death at most 300 ms. A new kind of moment, such as a function being called, is one more constant of {@link Moment}.
 */
class HandOverProofTest {
    private static final int MOST_REPEATED_MILLIS = 300;

    /** Who says where turns of the person begin and end. */
    private enum Turns {
        FOUND_BY_THE_MODEL,
        MARKED_BY_THE_PERSON,
        MARKED_HERE;

        ConversationRequest request() {
            return switch (this) {
                case FOUND_BY_THE_MODEL -> Scene.PCM;
                case MARKED_BY_THE_PERSON -> Scene.PCM_MANUAL;
                case MARKED_HERE -> Scene.CAPTIONS;
            };
        }
    }

    /** What goes on when the connection ends. The microphone runs all the time. */
    private enum Moment {
        NOBODY_SPEAKS {
            @Override
            void arrange(Rehearsal play) {
                play.talk(2000);
            }
        },
        THE_PERSON_SPEAKS {
            @Override
            void arrange(Rehearsal play) {
                play.loud = true;
                play.talk(2000);
            }
        },
        THE_MODEL_SPEAKS {
            @Override
            void arrange(Rehearsal play) {
                play.loud = true;
                play.talk(1000);
                play.loud = false;
                play.modelSpeaks();
                play.talk(1000);
                play.modelSpeaks();
            }

            @Override
            void follow(Rehearsal play) {
                play.turnComplete();
            }
        },
        A_TEXT_WAS_TYPED {
            @Override
            void arrange(Rehearsal play) {
                play.talk(1000);
                play.type("answered long ago");
                play.talk(80);
                play.modelSpeaks();
                play.turnComplete();
                play.talk(1200);
                play.type("just now");
                play.speakOnce(20);
            }
        },
        THE_PERSON_HOLDS_THE_BUTTON(Turns.MARKED_BY_THE_PERSON) {
            @Override
            void arrange(Rehearsal play) {
                play.scene.post(new Input.ActivityStarted());
                play.loud = true;
                play.talk(1000);
            }

            @Override
            void follow(Rehearsal play) {
                play.scene.post(new Input.ActivityEnded());
            }
        },
        CAPTIONS_ARE_WRITTEN(Turns.MARKED_HERE) {
            @Override
            void arrange(Rehearsal play) {
                play.loud = true;
                play.talk(1000);
                play.loud = false;
                play.talk(1000);
                play.loud = true;
                play.talk(1000);
            }

            @Override
            void follow(Rehearsal play) {
                play.talk(1000);
                play.loud = false;
            }
        },
        CAPTIONS_ARE_AWAITED(Turns.MARKED_HERE) {
            @Override
            void arrange(Rehearsal play) {
                play.tellsEnds = false;
                play.loud = true;
                play.talk(1000);
                play.loud = false;
                play.talk(760); // the end is marked, and what follows waits for the server to tell it
            }

            @Override
            void follow(Rehearsal play) {
                play.tellsEnds = true;
            }
        },
        NO_CAPTION_IS_DUE(Turns.MARKED_HERE) {
            @Override
            void arrange(Rehearsal play) {
                play.talk(2000);
            }
        },
        AFTER_ANOTHER_HAND_OVER {
            @Override
            void arrange(Rehearsal play) {
                play.talk(1000);
                play.closes(1006, "");
                play.talk(4000);
                play.turnComplete();
                play.talk(1000);
            }
        };

        final Turns turns;

        Moment() {
            this(Turns.FOUND_BY_THE_MODEL);
        }

        Moment(Turns turns) {
            this.turns = turns;
        }

        abstract void arrange(Rehearsal play);

        /** What happens after the end of the connection, in the middle of what is held. */
        void follow(Rehearsal play) {}
    }

    /** How the connection ends. */
    private enum Cause {
        GO_AWAY(0) {
            @Override
            void happen(Rehearsal play, Moment moment) {
                play.scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(14)));
                play.talk(1000);
                moment.follow(play);
                play.loud = false;
                play.talk(5000);
            }
        },
        GO_AWAY_AT_ONCE(0) {
            @Override
            void happen(Rehearsal play, Moment moment) {
                play.scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(5)));
                held(play, moment);
            }
        },
        GO_AWAY_OF_ONE_THAT_DOES_NOT_CLOSE(1) {
            @Override
            void happen(Rehearsal play, Moment moment) {
                play.scene.dial().answersClose = false;
                play.scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(5)));
                held(play, moment);
            }
        },
        CLOSED_1011(1) {
            @Override
            void happen(Rehearsal play, Moment moment) {
                play.closes(1011, "Internal error encountered.");
                held(play, moment);
            }
        },
        CLOSED_1006(1) {
            @Override
            void happen(Rehearsal play, Moment moment) {
                play.closes(1006, "");
                held(play, moment);
            }
        },
        CLOSED_1000_UNASKED(1) {
            @Override
            void happen(Rehearsal play, Moment moment) {
                play.closes(1000, "");
                held(play, moment);
            }
        },
        OVERSTAYED(1) {
            @Override
            void happen(Rehearsal play, Moment moment) {
                play.closes(1008, "Connection aborted because the client failed to close the connection");
                held(play, moment);
            }
        },
        TCP_LOST_AND_NEWS_LATE(1) {
            @Override
            void happen(Rehearsal play, Moment moment) {
                play.scene.dial().open = false;
                play.talk(200); // refused, and nobody has said why yet
                play.closes(1006, "Connection reset");
                held(play, moment);
            }
        },
        STALLED(1) {
            @Override
            void happen(Rehearsal play, Moment moment) {
                play.scene.dial().carries = play.scene.dial().log.size();
                play.talk(6000);
                play.closes(1006, "write stalled");
                held(play, moment);
            }
        },
        SILENT(1) {
            @Override
            void happen(Rehearsal play, Moment moment) {
                play.transcribes = false;
                play.loud = true;
                play.talk(10_200);
                assertEquals(1, play.scene.told(ClientEvent.Unsteady.class).size());
                held(play, moment);
            }
        },
        HANDLE_EXPIRED(1) {
            @Override
            void happen(Rehearsal play, Moment moment) {
                play.answersDials = false;
                play.closes(1011, "Internal error encountered.");
                play.talk(1000);
                refuse(play, 1008, "BidiGenerateContent session not found");
                held(play, moment);
                assertEquals(Optional.empty(), play.scene.dial().request.resumptionHandle());
            }
        },
        SEVERAL_IN_A_ROW(3) {
            @Override
            void happen(Rehearsal play, Moment moment) {
                play.closes(1011, "Internal error encountered.");
                held(play, moment);
                play.closes(1006, "");
                play.talk(8000);
                play.closes(1011, "Deadline expired before operation could complete.");
                play.talk(8000);
            }
        },
        SUCCESSOR_FAILS_TO_COME(1) {
            @Override
            void happen(Rehearsal play, Moment moment) {
                play.answersDials = false;
                play.closes(1011, "Internal error encountered.");
                play.talk(400);
                refuse(play, 0, "connect timed out");
                held(play, moment);
            }
        },
        GO_AWAY_AND_SUCCESSOR_DIES(1) {
            @Override
            void happen(Rehearsal play, Moment moment) {
                play.scene.upstream(new LiveEvent.GoAway(Duration.ofSeconds(5)));
                held(play, moment);
                play.closes(1011, "Internal error encountered.");
                play.talk(6000);
            }
        };

        /** How many of the connections died suddenly after they were given audio. */
        final int deaths;

        Cause(int deaths) {
            this.deaths = deaths;
        }

        abstract void happen(Rehearsal play, Moment moment);

        private static void held(Rehearsal play, Moment moment) {
            play.talk(40);
            moment.follow(play);
            play.talk(9000);
        }

        private static void refuse(Rehearsal play, int code, String reason) {
            Scene.Dial refused = play.scene.dial();
            play.answersDials = true;
            refused.open = false;
            refused.hears(new LiveEvent.Closed(FailureKind.UPSTREAM_UNAVAILABLE, "Not now.", code, reason));
        }
    }

    private record Case(Moment moment, Cause cause, Duration setUp) {
        @Override
        public String toString() {
            return cause + ", " + moment + ", successor set up in " + setUp.toMillis() + " ms";
        }
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Moment moment : Moment.values()) {
            for (Cause cause : Cause.values()) {
                for (long setUp : new long[] {100, 1500}) {
                    cases.add(new Case(moment, cause, Duration.ofMillis(setUp)));
                }
            }
        }
        return cases;
    }

    @Test
    void there_are_more_than_a_hundred_cases() {
        assertTrue(cases().size() > 100, () -> "only " + cases().size());
    }

    @TestFactory
    Stream<DynamicTest> nothing_is_lost_and_next_to_nothing_repeated() {
        return cases().stream().map(each -> DynamicTest.dynamicTest(each.toString(), () -> check(each)));
    }

    private static void check(Case each) {
        Rehearsal play = new Rehearsal(each.setUp, each.moment.turns.request());
        each.moment.arrange(play);
        int deathsBefore = each.moment == Moment.AFTER_ANOTHER_HAND_OVER ? 1 : 0;

        each.cause.happen(play, each.moment);

        assertEquals(ConversationState.READY, play.scene.conversation.state(), () -> "" + play.scene.endReason);
        assertTrue(play.scene.dials.size() > 1 + deathsBefore, "nothing was handed over");
        int deaths = each.cause.deaths + deathsBefore;
        // Where a caption is awaited, what was written before the network stood still is old already.
        boolean old = each.moment == Moment.CAPTIONS_ARE_AWAITED && each.cause == Cause.STALLED;
        assertEquals(old ? 0 : deaths * MOST_REPEATED_MILLIS, play.repeatedMillis());
        int repeatedTexts = play.repeatedTexts();
        assertTrue(repeatedTexts <= deaths, () -> repeatedTexts + " texts came again");
        assertEquals(0, play.toldLostMillis());
        assertToldExactly(play);
        assertTurnsAreMarked(play);
        if (each.moment.turns == Turns.MARKED_HERE) {
            play.scene.dials.forEach(HandOverProofTest::assertAudioIsInTurns);
        }

        play.scene.post(new Input.ClientGone("the test is over"));
        assertTrue(play.scene.everythingIsGivenBack());
    }

    /** The client was told of each hand-over once, and how much each new connection was given at once. */
    private static void assertToldExactly(Rehearsal play) {
        List<ClientEvent.Resumed> resumed = play.resumed();
        assertEquals(play.scene.told(ClientEvent.Reconnecting.class).size(), resumed.size());
        List<Long> given = play.scene.dials.stream()
                .skip(1)
                .filter(dial -> dial.atReady >= 0)
                .map(dial -> (long) dial.audioBytesOf(dial.atReady) / 32)
                .toList();
        assertEquals(
                given, resumed.stream().map(each -> each.replayed().toMillis()).toList());
    }

    /** On every connection audio comes between a beginning and an end, where the person marks turns. */
    private static void assertTurnsAreMarked(Rehearsal play) {
        for (Scene.Dial dial : play.scene.dials) {
            List<String> marks = dial.sent.stream()
                    .filter(sent -> sent.startsWith("activity"))
                    .toList();
            for (int i = 0; i < marks.size(); i++) {
                assertEquals(i % 2 == 0 ? "activityStart" : "activityEnd", marks.get(i));
            }
        }
    }

    /** Where the marks are made here, all audio lies within turns, and no turn is empty: the upstream refuses such. */
    private static void assertAudioIsInTurns(Scene.Dial dial) {
        String last = "activityEnd";
        for (String sent : dial.sent) {
            if (sent.startsWith("audio")) {
                assertNotEquals("activityEnd", last, "audio outside of a turn");
            } else if (sent.equals("activityEnd")) {
                assertNotEquals("activityStart", last, "an empty turn");
            }
            last = sent;
        }
    }
}
