using System.Text.Json.Nodes;

namespace CdBackuper.Fakes;

/// <summary>Who may log in at the gateway, with which intents, and which sessions can be resumed.</summary>
internal sealed class FakeLogins(FakeDiscord discord)
{
    private const int ContentIntent = 1 << 15;
    private const int MessagesIntent = 1 << 9;

    private readonly Dictionary<string, FakeSession> sessions = [];

    /// <summary>How many logins are left today.</summary>
    public int Left { get; set; } = 1000;

    public IEnumerable<FakeSession> Sessions => sessions.Values;

    public void ForgetAll() => sessions.Clear();

    public void Identify(FakeConnection connection, JsonObject body)
    {
        var intents = (int)body["intents"]!;
        if ((string?)body["token"] != FakeDiscord.Token || body["properties"]?["os"] is null)
        {
            connection.Close(4004);
        }
        else if ((intents & ContentIntent) != 0 && !discord.HasContentIntent)
        {
            connection.Close(4014);
        }
        else if ((intents & MessagesIntent) == 0)
        {
            connection.Close(4013);
        }
        else
        {
            var session = new FakeSession();
            sessions[session.Id] = session;
            connection.Session = session;
            Left--;
            connection.Send(session.Number("READY", FakeWorld.Ready(session.Id, discord.Gateway.Url("resume"), discord.HasContentIntent)));
            connection.Send(session.Number("GUILD_CREATE", FakeWorld.Guild()));
        }
    }

    public void Resume(FakeConnection connection, JsonObject body)
    {
        if ((string?)body["token"] != FakeDiscord.Token || !sessions.TryGetValue((string)body["session_id"]!, out var session))
        {
            connection.Send(new() { ["op"] = 9, ["d"] = false });
            return;
        }

        foreach (var frame in session.Sent.Skip((int?)body["seq"] ?? 0).ToArray())
        {
            connection.Send(frame);
        }

        connection.Session = session;
        connection.Send(session.Number("RESUMED", new JsonObject()));
    }
}
