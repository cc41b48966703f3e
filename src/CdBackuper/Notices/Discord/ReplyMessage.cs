using System.Text.Json;

namespace CdBackuper.Notices.Discord;

/// <summary>A message of the channel, as far as it matters for labels (API reference, Message Object).</summary>
internal sealed record ReplyMessage
{
    private const int ReplyType = 19;

    public required Snowflake Id { get; init; }

    public required Snowflake Channel { get; init; }

    public required Snowflake Author { get; init; }

    /// <summary>What the author is called, for people; may be anything.</summary>
    public string AuthorName { get; init; } = "";

    /// <summary>True for other programs.</summary>
    public bool IsBot { get; init; }

    /// <summary>True for what a webhook posted.</summary>
    public bool IsOfWebhook { get; init; }

    /// <summary>True for Discord's reply, which is an answer to a message; false for all else, forwards too.</summary>
    public bool IsReply { get; init; }

    /// <summary>The message that it answers; null for none.</summary>
    public Snowflake? Answers { get; init; }

    /// <summary>The webhook that posted what it answers; null where a person did, or where that is gone.</summary>
    public Snowflake? AnswersWebhook { get; init; }

    /// <summary>What was written.</summary>
    public string Content { get; init; } = "";

    /// <returns>Null for what is no message.</returns>
    public static ReplyMessage? Parse(JsonElement json)
    {
        var author = json.Field("author");
        if (json.Id("id") is not { } id || json.Id("channel_id") is not { } channel || author.Id("id") is not { } person)
        {
            return null;
        }

        var reference = json.Field("message_reference");

        // Type 0 is an answer, and so is none; 1 is a forward. An answer leads to a message of its own channel.
        var isAnswer = (reference.Number("type") ?? 0) == 0 && (reference.Id("channel_id") ?? channel) == channel;
        return new()
        {
            Id = id,
            Channel = channel,
            Author = person,
            AuthorName = author.Text("global_name") ?? author.Text("username") ?? "",
            IsBot = author.Flag("bot"),
            IsOfWebhook = json.Text("webhook_id") is not null,
            IsReply = json.Number("type") == ReplyType && isAnswer,
            Answers = isAnswer ? reference.Id("message_id") : null,
            AnswersWebhook = json.Field("referenced_message").Id("webhook_id"),
            Content = json.Text("content") ?? "",
        };
    }
}
