//! The tree against published hashes and against `ct-merkle`, and what becomes visible when the past is changed.

#![cfg(test)]

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ledger::{
    ConsistencyProof, Difference, Frontier, FrontierError, Hash, HistoryError, InclusionProof, Node,
    ProofError, ProveError, TreeHead, consistency_nodes, difference, inclusion_nodes, leaf_hash,
};
use proptest::prelude::*;
use sha2::Sha256;
use std::{collections::HashMap, convert::Infallible};

/// Every size up to here is compared with the oracle: past two powers of two and the sizes around them.
const LARGEST: u64 = 260;

/// A ledger in memory: its frontier, its stored nodes and its head at every size.
struct Ledger {
    tree: Frontier,
    nodes: HashMap<Node, Hash>,
    heads: Vec<TreeHead>,
}

impl Ledger {
    fn of(entries: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut ledger =
            Self { tree: Frontier::new(), nodes: HashMap::new(), heads: vec![Frontier::new().head()] };
        for entry in entries {
            ledger.tree.append(leaf_hash(&entry), |node, hash| {
                assert_eq!(ledger.nodes.insert(node, hash), None, "a node is complete once");
            });
            ledger.heads.push(ledger.tree.head());
        }
        ledger
    }

    fn numbered(count: u64) -> Self {
        Self::of((0..count).map(entry))
    }

    fn head(&self, size: u64) -> TreeHead {
        self.heads[usize::try_from(size).unwrap()]
    }

    fn inclusion(&self, index: u64, size: u64) -> InclusionProof {
        InclusionProof::prove(index, size, |node| Ok::<_, Infallible>(self.nodes[&node])).unwrap()
    }

    fn consistency(&self, old: u64, new: u64) -> ConsistencyProof {
        ConsistencyProof::prove(old, new, |node| Ok::<_, Infallible>(self.nodes[&node])).unwrap()
    }
}

fn entry(number: u64) -> Vec<u8> {
    format!("entry {number}").into_bytes()
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap()
}

#[test]
fn the_roots_of_the_certificate_transparency_tests_come_out() {
    // From the tests of the reference implementation of RFC 6962 (merkletree/merkle_tree_test.cc).
    let leaves: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let ledger = Ledger::of(leaves.map(<[u8]>::to_vec));
    for (head, expected) in ledger.heads.iter().zip(roots) {
        let hex = head.root.0.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        assert_eq!(hex, expected, "{} leaves", head.size);
    }
}

#[test]
fn the_tree_of_every_size_has_the_root_of_the_oracle() {
    let ledger = Ledger::numbered(LARGEST);
    let mut oracle = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    for size in 0..=LARGEST {
        assert_eq!(ledger.head(size).root.0[..], oracle.root().as_bytes()[..], "{size} entries");
        oracle.push(entry(size));
    }
}

#[test]
fn every_entry_of_every_size_has_the_proof_of_the_oracle_and_it_verifies() {
    let ledger = Ledger::numbered(LARGEST);
    let mut oracle = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    for size in 1..=LARGEST {
        oracle.push(entry(size - 1));
        for at in 0..size {
            let proof = ledger.inclusion(at, size);
            assert_eq!(proof.to_bytes(), oracle.prove_inclusion(index(at)).as_bytes(), "{at} of {size}");
            assert_eq!(proof.verify(leaf_hash(&entry(at)), at, ledger.head(size)), Ok(()), "{at} of {size}");
        }
    }
}

#[test]
fn every_two_sizes_have_the_proof_of_the_oracle_and_it_verifies() {
    let ledger = Ledger::numbered(LARGEST);
    let mut oracle = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    for new in 0..=LARGEST {
        for old in 0..=new {
            let proof = ledger.consistency(old, new);
            if 0 < old && old < new {
                let expected = oracle.prove_consistency(index(new - old));
                assert_eq!(proof.to_bytes(), expected.as_bytes(), "{old} to {new}");
            }
            assert_eq!(proof.verify(ledger.head(old), ledger.head(new)), Ok(()), "{old} to {new}");
        }
        oracle.push(entry(new));
    }
}

#[test]
fn every_flipped_byte_of_a_proof_of_inclusion_is_found() {
    let ledger = Ledger::numbered(LARGEST);
    for size in [1, 2, 3, 7, 8, 100, 255, 256, 257, LARGEST] {
        for at in [0, 1, size / 2, size - 1].into_iter().filter(|at| *at < size) {
            let proof = ledger.inclusion(at, size).to_bytes();
            for byte in 0..proof.len() {
                let mut flipped = proof.clone();
                flipped[byte] ^= 0x10;
                let refused = InclusionProof::from_bytes(&flipped).unwrap().verify(
                    leaf_hash(&entry(at)),
                    at,
                    ledger.head(size),
                );
                assert_eq!(refused, Err(ProofError::OtherRoot), "{at} of {size}, byte {byte}");
            }
        }
    }
}

#[test]
fn every_flipped_byte_of_a_proof_of_consistency_is_found() {
    let ledger = Ledger::numbered(LARGEST);
    for (old, new) in [(1, 2), (2, 3), (3, 7), (4, 7), (6, 7), (64, 65), (100, 255), (255, 256), (1, LARGEST)]
    {
        let proof = ledger.consistency(old, new).to_bytes();
        assert_ne!(proof.len(), 0);
        for byte in 0..proof.len() {
            let mut flipped = proof.clone();
            flipped[byte] ^= 0x10;
            let proof = ConsistencyProof::from_bytes(&flipped).unwrap();
            assert!(proof.verify(ledger.head(old), ledger.head(new)).is_err(), "{old} to {new}, byte {byte}");
        }
    }
}

#[test]
fn a_proof_that_was_cut_or_grew_is_refused() {
    let ledger = Ledger::numbered(100);
    let inclusion = ledger.inclusion(37, 100).to_bytes();
    let consistency = ledger.consistency(37, 100).to_bytes();
    let longer = |proof: &[u8]| [proof, &[7; 32]].concat();
    for bytes in [inclusion[32..].to_vec(), inclusion[..inclusion.len() - 32].to_vec(), longer(&inclusion)] {
        let proof = InclusionProof::from_bytes(&bytes).unwrap();
        assert!(proof.verify(leaf_hash(&entry(37)), 37, ledger.head(100)).is_err());
    }
    for bytes in [vec![], consistency[..consistency.len() - 32].to_vec(), longer(&consistency)] {
        let proof = ConsistencyProof::from_bytes(&bytes).unwrap();
        assert!(matches!(proof.verify(ledger.head(37), ledger.head(100)), Err(ProofError::Count { .. })));
    }
    assert_eq!(
        InclusionProof::from_bytes(&inclusion[1..]),
        Err(ProofError::Length { found: inclusion.len() - 1 })
    );
    assert_eq!(ConsistencyProof::from_bytes(&[0; 65 * 32]), Err(ProofError::Length { found: 65 * 32 }));
}

#[test]
fn what_lies_beyond_the_tree_is_neither_proven_nor_verified() {
    let ledger = Ledger::numbered(5);
    assert_eq!(inclusion_nodes(5, 5), Err(ProveError::OutOfRange { size: 5 }));
    assert_eq!(inclusion_nodes(0, u64::MAX), Err(ProveError::OutOfRange { size: u64::MAX }));
    assert_eq!(consistency_nodes(6, 5), Err(ProveError::OutOfRange { size: 5 }));
    let proof = ledger.inclusion(4, 5);
    let refused = proof.verify(leaf_hash(&entry(4)), 5, ledger.head(5));
    assert_eq!(refused, Err(ProofError::OutOfRange { size: 5 }));
}

#[test]
fn a_proof_reads_a_number_of_nodes_that_grows_with_the_logarithm() {
    let million = 1_000_000;
    for at in [0, 1, 524_287, 524_288, 999_999] {
        assert!(inclusion_nodes(at, million).unwrap().len() <= 2 * 20, "{at}");
    }
    for old in [1, 524_287, 524_288, 999_999] {
        assert!(consistency_nodes(old, million).unwrap().len() <= 2 * 20, "{old}");
    }
    assert!(inclusion_nodes(0, ledger::MAX_SIZE - 1).unwrap().len() <= 2 * 62);
}

#[test]
fn the_frontier_is_restored_from_its_peaks_or_from_stored_nodes_and_goes_on_alike() {
    let ledger = Ledger::numbered(LARGEST);
    for size in 0..=LARGEST {
        let peaks: Vec<Hash> = Frontier::nodes(size).map(|node| ledger.nodes[&node]).collect();
        let mut restored = Frontier::restore(size, peaks).unwrap();
        assert_eq!(restored.head(), ledger.head(size));
        assert_eq!(Frontier::restore(size, restored.peaks().to_vec()).as_ref(), Ok(&restored));
        if size < LARGEST {
            restored.append(leaf_hash(&entry(size)), |node, hash| assert_eq!(ledger.nodes[&node], hash));
            assert_eq!(restored.head(), ledger.head(size + 1));
        }
    }
    let peaks = ledger.tree.peaks().to_vec();
    assert_eq!(
        Frontier::restore(LARGEST - 1, peaks),
        Err(FrontierError::Peaks { size: LARGEST - 1, found: 2, expected: 3 })
    );
    assert_eq!(Frontier::restore(u64::MAX, vec![]), Err(FrontierError::TooLarge { size: u64::MAX }));
}

#[test]
fn an_old_state_that_was_restored_is_a_rollback() {
    let ledger = Ledger::numbered(20);
    let refused = ledger.head(15).follows(ledger.head(20), &ledger.consistency(15, 20));
    assert_eq!(refused, Err(HistoryError::RolledBack { known: 20, found: 15 }));
}

#[test]
fn two_histories_of_one_size_are_a_fork() {
    let (ledger, other) = (Ledger::numbered(20), Ledger::of((0..20).map(|n| entry(n.max(1)))));
    let none = ConsistencyProof::from_bytes(&[]).unwrap();
    assert_eq!(ledger.head(20).follows(ledger.head(20), &none), Ok(()));
    assert_eq!(other.head(20).follows(ledger.head(20), &none), Err(HistoryError::Forked { size: 20 }));
}

#[test]
fn a_fork_that_has_grown_on_is_found_by_its_own_proof() {
    let (ledger, other) = (Ledger::numbered(30), Ledger::of((0..30).map(|n| entry(n.max(1)))));
    let refused = other.head(30).follows(ledger.head(20), &other.consistency(20, 30));
    assert_eq!(refused, Err(HistoryError::Forked { size: 20 }));
    let refused = other.head(30).follows(ledger.head(20), &ledger.consistency(20, 30));
    assert_eq!(refused, Err(HistoryError::NotProven(ProofError::OtherRoot)));
    // A complete old tree is no part of the proof, so that a fork of it cannot be told from a wrong proof.
    let refused = other.head(30).follows(ledger.head(16), &other.consistency(16, 30));
    assert_eq!(refused, Err(HistoryError::NotProven(ProofError::OtherRoot)));
}

fn leaves(numbers: impl IntoIterator<Item = u64>) -> Vec<Hash> {
    numbers.into_iter().map(|number| leaf_hash(&entry(number))).collect()
}

#[test]
fn what_happened_to_entries_is_told_from_their_hashes() {
    let known = leaves(0..6);
    let told = |found: &[u64]| difference(&known, &leaves(found.iter().copied()));
    assert_eq!(told(&[0, 1, 2, 3, 4, 5]), None);
    assert_eq!(told(&[0, 1, 2, 3, 4, 5, 6, 7]), None);
    assert_eq!(told(&[0, 1, 9, 3, 4, 5]), Some(Difference::Rewritten { at: 2 }));
    assert_eq!(told(&[0, 1, 9, 3, 4, 5, 6]), Some(Difference::Rewritten { at: 2 }));
    assert_eq!(told(&[0, 1, 2, 3, 4, 9]), Some(Difference::Rewritten { at: 5 }));
    assert_eq!(told(&[0, 1, 3, 4, 5]), Some(Difference::Dropped { at: 2 }));
    assert_eq!(told(&[1, 2, 3, 4, 5, 6]), Some(Difference::Dropped { at: 0 }));
    assert_eq!(told(&[0, 1, 2, 9, 3, 4, 5]), Some(Difference::Inserted { at: 3 }));
    assert_eq!(told(&[0, 4, 2, 3, 1, 5, 6]), Some(Difference::Swapped { at: 1, with: 4 }));
    assert_eq!(told(&[1, 0, 2, 3, 4, 5]), Some(Difference::Swapped { at: 0, with: 1 }));
    assert_eq!(told(&[0, 1, 2]), Some(Difference::CutOff { left: 3 }));
    assert_eq!(told(&[]), Some(Difference::CutOff { left: 0 }));
    assert_eq!(told(&[0, 9, 2, 8, 4, 5]), Some(Difference::Diverged { from: 1 }));
    assert_eq!(told(&[0, 4, 2, 9, 1, 5]), Some(Difference::Diverged { from: 1 }));
    assert_eq!(told(&[0, 9, 8]), Some(Difference::Diverged { from: 1 }));
}

proptest! {
    #[test]
    fn any_bytes_read_as_a_proof_are_refused_or_written_back_and_never_verify(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let ledger = Ledger::numbered(21);
        if let Ok(proof) = InclusionProof::from_bytes(&bytes) {
            prop_assert_eq!(proof.to_bytes(), bytes.clone());
            prop_assert!(proof.verify(leaf_hash(&entry(3)), 3, ledger.head(21)).is_err());
        }
        if let Ok(proof) = ConsistencyProof::from_bytes(&bytes) {
            prop_assert!(proof.verify(ledger.head(3), ledger.head(21)).is_err());
        }
    }
}
