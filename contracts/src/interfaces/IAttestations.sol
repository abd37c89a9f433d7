// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Staked attestations that expire
/// @notice An auditor stakes once and says things about subjects (a device, an operator, a data centre). An attestation
/// has a schema, a hash of its content and an end; it counts as long as it is neither revoked nor expired and its
/// auditor's stake is not below the minimum. The owner may slash an auditor, with a reason.
interface IAttestations {
    struct Attestation {
        address auditor;
        bytes32 subject;
        bytes32 schema;
        bytes32 content;
        uint48 expires;
        bool revoked;
    }

    event AuditorStaked(address indexed auditor, uint256 stake);
    event Attested(
        bytes32 indexed id,
        address indexed auditor,
        bytes32 indexed subject,
        bytes32 schema,
        bytes32 content,
        uint48 expires
    );
    event AttestationRevoked(bytes32 indexed id, string reason);
    event AuditorSlashed(address indexed auditor, uint256 amount, string reason);
    event AuditorWithdrawn(address indexed auditor, uint256 amount);

    error InvalidAttestationParameters();
    error NothingAdded();

    /// @notice The auditor's stake is below the minimum.
    error StakeTooLow(uint256 stake, uint256 minimum);

    /// @notice It expires in the past or later than a year from now, or subject or schema is zero.
    error InvalidAttestation();
    error NotAuditor(bytes32 id, address caller);
    error AlreadyRevoked(bytes32 id);
    error AlreadyAttested(bytes32 id);

    /// @notice Attestations are still running or in the time after in which they can be slashed.
    error StillLiable(uint48 until);
    error InvalidReason();

    /// @notice The auditor has no stake to slash or to withdraw, or an amount of zero was asked for.
    error NothingStaked(address auditor);

    function stake(uint256 amount) external;
    function attest(bytes32 subject, bytes32 schema, bytes32 content, uint48 expires) external returns (bytes32 id);
    function revoke(bytes32 id, string calldata reason) external;

    /// @notice Pays the stake out `liabilitySeconds` after the end of the last attestation.
    function withdraw() external;

    /// @notice Burns stake of an auditor. Owner only.
    function slash(address auditor, uint256 amount, string calldata reason) external;

    function attestation(bytes32 id) external view returns (Attestation memory);

    /// @notice Whether it counts now.
    function isValid(bytes32 id) external view returns (bool);
    function stakeOf(address auditor) external view returns (uint256);
    function minimumStake() external view returns (uint256);
    function liabilitySeconds() external view returns (uint32);
}
