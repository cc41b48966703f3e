namespace CdBackuper.Commands;

/// <summary>What <c>notify test</c> found of one target.</summary>
/// <param name="Target">discord, webhook, ntfy, apprise or hook.</param>
/// <param name="Address">Where it is, without secrets.</param>
/// <param name="IsSent">True where the target said that it has the notice.</param>
/// <param name="Answer">What the target said.</param>
/// <param name="Next">What to do; empty where nothing is to be done.</param>
internal sealed record NotifyDocument(string Target, string Address, bool IsSent, string Answer, string Next);
