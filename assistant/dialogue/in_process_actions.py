"""Runs our actions inside the process, where stock Rasa would call a second server."""

import json
from time import perf_counter
from typing import Any, cast

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from assistant.dialogue.turn import Turn, current_turn
from assistant.journal import get_journal, log_failure

_journal = get_journal("dialogue")


class InProcessActions(EndpointConfig):
    """The endpoint that Rasa's RemoteAction talks to."""

    def __init__(self, package: str) -> None:
        super().__init__()
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    @property
    def names(self) -> set[str]:
        """Names of all registered actions."""
        return set(self._executor.actions)

    async def request(self, *_: Any, **call: Any) -> dict[str, Any]:
        """Run one action in a savepoint.

        A failing action leaves nothing behind and is told to the citizen in a sentence; Rasa would log the citizen's
        words and send nothing.
        """
        request: dict[str, Any] = call["json"]
        turn = current_turn()
        started = perf_counter()
        try:
            async with turn.session.begin_nested():
                return await self._executor.run(cast(Any, request)) or {"events": [], "responses": []}
        except ActionExecutionRejection as rejection:
            raise _rejected(rejection) from None
        except Exception as error:  # noqa: BLE001 - one of the four named places: an action's failure ends in an apology
            log_failure(_journal, "action_failed", error, action=request.get("next_action"))
            return {"events": [], "responses": [_sorry(turn, request["tracker"])]}
        finally:
            turn.took("act", perf_counter() - started)


def _sorry(turn: Turn, tracker: dict[str, Any]) -> dict[str, Any]:
    """An apology with a way to a person; inside a form its question follows and is the way on."""
    if tracker["active_loop"].get("name"):
        return {"response": "utter_session_sorry"}
    label = turn.texts.say("utter_callbacks_label_request", tracker["slots"].get("language") or "de")
    return {"response": "utter_session_sorry", "buttons": [{"title": label, "act": {"intent": "request_callback"}}]}


def _rejected(rejection: ActionExecutionRejection) -> ClientResponseError:
    text = json.dumps({"action_name": rejection.action_name, "error": "rejected"})
    return ClientResponseError(status=400, message="rejected", text=text)
