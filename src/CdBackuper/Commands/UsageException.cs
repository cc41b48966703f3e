namespace CdBackuper.Commands;

/// <summary>What the user asked for can't be meant. The message says what is wrong and what would be right.</summary>
internal sealed class UsageException(string message, string next) : Exception(message)
{
    public string Next => next;
}
