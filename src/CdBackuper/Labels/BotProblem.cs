namespace CdBackuper.Labels;

/// <summary>Why the bot can't work until a person changes something.</summary>
/// <param name="Message">What was tried and what happened.</param>
/// <param name="Next">What to do.</param>
internal sealed record BotProblem(string Message, string Next);
