"""An assistant calls `attend` as a tool, by the same rules as everybody."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import ExitStack

import crowd
import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, Tool
from serving import serve

from attention import core
from attention.ui.page import build_page

SCENE = {"x": [[1, 0], [0, 1]], "w": [2, 0], "activation": "linear"}
FILE = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}


@pytest.fixture(scope="module")
def tools() -> Iterator[str]:
    """Where the tools are served."""
    with ExitStack() as serving:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GRADIO_MCP_SERVER", "true")
            url = serving.enter_context(serve(build_page()))
        yield f"{url}/gradio_api/mcp/"


async def talk(url: str, *calls: dict[str, object]) -> tuple[list[Tool], list[CallToolResult]]:
    async with streamable_http_client(url) as (reading, writing, _):
        async with ClientSession(reading, writing) as session:
            await session.initialize()
            found = await session.list_tools()
            return found.tools, [await session.call_tool("attend", call) for call in calls]


def test_an_assistant_finds_the_tool_and_gets_the_numbers_of_the_core(tools):
    (tool,), (answer,) = crowd.run(talk(tools, SCENE))
    assert tool.name == "attend"
    assert set(tool.inputSchema["properties"]) >= {"x", "w", "b", "mask", "activation"}
    assert tool.inputSchema["required"] == ["x", "w"]
    assert "softmax(scores / temperature)" in tool.description
    trace = core.attend(**SCENE)
    (content,) = answer.content
    assert not answer.isError
    assert ast.literal_eval(content.text)["weights"] == pytest.approx(trace.weights)


def test_a_wrong_call_is_told_the_rule(tools):
    _, (answer,) = crowd.run(talk(tools, SCENE | {"temperature": 0}))
    assert answer.isError
    assert "temperature: must be greater than or equal to 0.01; got 0" in answer.content[0].text


def test_a_call_with_a_file_in_it_is_refused_before_anything_reads_it(tools):
    call = {"name": "attend", "arguments": SCENE | {"x": FILE}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    kinds = {"accept": "application/json, text/event-stream"}
    answer = httpx.post(tools, json=body, headers=kinds)
    assert answer.status_code == 422 and "no files; got an object with 'path'" in answer.text


def test_nothing_is_announced_or_served_unless_it_is_wished(address):
    assert not httpx.get(f"{address}/config").json().get("mcp_server")
    assert httpx.post(f"{address}/gradio_api/mcp/", json={}).status_code in (404, 405)
