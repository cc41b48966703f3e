using System.Text.Json.Nodes;

namespace CdBackuper.Fakes;

/// <summary>A session of the gateway: what was sent, so that it can be sent again.</summary>
internal sealed class FakeSession
{
    public string Id { get; } = Guid.NewGuid().ToString("N");

    public List<JsonObject> Sent { get; } = [];

    public JsonObject Number(string name, JsonNode body)
    {
        var frame = new JsonObject { ["op"] = 0, ["t"] = name, ["s"] = Sent.Count + 1, ["d"] = body };
        Sent.Add(frame);
        return frame;
    }
}
