using System.Globalization;
using System.Text.Json.Nodes;

namespace CdBackuper.Fakes;

/// <summary>The messages of the fake's channels, with their reactions.</summary>
public sealed class FakeMessages
{
    private const long Epoch = 1_420_070_400_000;

    private readonly Lock gate = new();
    private readonly SortedDictionary<ulong, JsonObject> messages = [];
    private readonly HashSet<(string Message, string Emoji, string User)> reactions = [];
    private readonly Dictionary<(string Author, string Nonce), string> nonces = [];
    private ulong last;

    /// <summary>How often each reaction was put, also where it was there already.</summary>
    public IReadOnlyCollection<(string Message, string Emoji, string User)> Reactions
    {
        get
        {
            lock (gate)
            {
                return [.. reactions];
            }
        }
    }

    public IReadOnlyList<JsonObject> All
    {
        get
        {
            lock (gate)
            {
                return [.. messages.Values.Select(message => (JsonObject)message.DeepClone())];
            }
        }
    }

    /// <returns>An id that is higher than all before.</returns>
    public string NewId()
    {
        lock (gate)
        {
            var now = (ulong)(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - Epoch) << 22;
            last = Math.Max(now, last + 1);
            return last.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <returns>The message that is kept: the one that is there where its nonce was used already.</returns>
    public (JsonObject Message, bool IsNew) Add(JsonObject message, string? nonce = null)
    {
        lock (gate)
        {
            var author = (string)message["author"]!["id"]!;
            if (nonce is not null && nonces.TryGetValue((author, nonce), out var before))
            {
                return (Find(before)!, false);
            }

            var id = (string)message["id"]!;
            messages[ulong.Parse(id, CultureInfo.InvariantCulture)] = message;
            if (nonce is not null)
            {
                nonces[(author, nonce)] = id;
            }

            return ((JsonObject)message.DeepClone(), true);
        }
    }

    /// <summary>As Discord does after some minutes.</summary>
    public void ForgetNonces()
    {
        lock (gate)
        {
            nonces.Clear();
        }
    }

    public JsonObject? Find(string id)
    {
        lock (gate)
        {
            return messages.TryGetValue(ulong.Parse(id, CultureInfo.InvariantCulture), out var message) ? (JsonObject)message.DeepClone() : null;
        }
    }

    public bool Change(string id, Action<JsonObject> change)
    {
        lock (gate)
        {
            if (!messages.TryGetValue(ulong.Parse(id, CultureInfo.InvariantCulture), out var message))
            {
                return false;
            }

            change(message);
            return true;
        }
    }

    public void Delete(string id)
    {
        lock (gate)
        {
            messages.Remove(ulong.Parse(id, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Those right behind an id, the newest of them first, as Discord gives them.</summary>
    public IReadOnlyList<JsonObject> After(string channel, ulong after, int limit)
    {
        lock (gate)
        {
            return [.. messages.Where(pair => pair.Key > after && (string?)pair.Value["channel_id"] == channel)
                .Take(limit).Reverse().Select(pair => (JsonObject)pair.Value.DeepClone())];
        }
    }

    public void React(string message, string emoji, string user)
    {
        lock (gate)
        {
            reactions.Add((message, emoji, user));
        }
    }
}
